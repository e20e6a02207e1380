package dev.weft.dashboard.state;

import dev.weft.core.event.JobEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was moved between places. */
final class Links {
  private final Map<Key, Count> counts = new LinkedHashMap<>();

  private record Key(String from, String to, String kind) {}

  private static final class Count {
    private long copies;
    private long bytes;
    private long failed;
    private long nanos;
  }

  /**
   * What a copy is, for people.
   *
   * @param device whether the far end is a device that runs kernels, rather than disk or files
   */
  static String kind(JobEvent.CopyFinished copy, boolean device) {
    return device ? copy.toHost() ? "out" : "in" : copy.toHost() ? "load" : "spill";
  }

  void moved(JobEvent.CopyFinished copy, String kind) {
    Count count = counts.computeIfAbsent(new Key(copy.from(), copy.to(), kind), key -> new Count());
    if (copy.failure() == null) {
      count.copies++;
      count.bytes += copy.bytes();
    } else {
      count.failed++;
    }
    count.nanos += copy.took();
  }

  List<Views.Link> views() {
    List<Views.Link> views = new ArrayList<>();
    counts.forEach(
        (key, count) ->
            views.add(
                new Views.Link(
                    key.from(),
                    key.to(),
                    key.kind(),
                    count.copies,
                    count.bytes,
                    count.failed,
                    count.nanos / 1e6)));
    return views;
  }
}
