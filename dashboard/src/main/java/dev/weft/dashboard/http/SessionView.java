package dev.weft.dashboard.http;

import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.Energy;
import dev.weft.core.watch.WatchedSession;
import dev.weft.dashboard.state.Views;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the session when somebody looks, as no event tells it.
 *
 * @param memory the host first, the disk last
 */
record SessionView(
    List<Place> memory, List<Used> energy, long heapUsed, long heapMost, List<Views.Fact> machine) {
  /**
   * A place's memory in bytes.
   *
   * @param live held by chunks in use
   * @param pooled kept for reuse
   * @param limit the budget, null where there is none
   */
  record Place(String name, long live, long pooled, long peak, @Nullable Long limit) {}

  /**
   * Energy of a device.
   *
   * @param joules used so far, null where there is no counter
   * @param of what is counted, or why nothing is
   */
  record Used(String device, @Nullable Double joules, String of) {}

  /** Limits beyond this are none. */
  private static final long NO_LIMIT = 1L << 60;

  static SessionView of(WatchedSession session) {
    List<Place> places = new ArrayList<>();
    session.memory().forEach((name, use) -> places.add(place(name, use)));
    List<Used> energy = new ArrayList<>();
    session
        .energy()
        .forEach(
            (device, used) ->
                energy.add(
                    switch (used) {
                      case Energy.Used known -> new Used(device, known.joules(), known.of());
                      case Energy.NotTold unknown -> new Used(device, null, unknown.reason());
                    }));
    Runtime runtime = Runtime.getRuntime();
    return new SessionView(
        places, energy, runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), facts());
  }

  private static Place place(String name, MemoryUse use) {
    Long limit = use.limit() > NO_LIMIT ? null : use.limit();
    return new Place(name, use.live(), use.pooled(), use.peak(), limit);
  }

  private static List<Views.Fact> facts() {
    return List.of(
        new Views.Fact(
            "system",
            System.getProperty("os.name")
                + " "
                + System.getProperty("os.version")
                + " "
                + System.getProperty("os.arch")),
        new Views.Fact(
            "Java",
            System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")),
        new Views.Fact("cores", String.valueOf(Runtime.getRuntime().availableProcessors())),
        new Views.Fact("process", String.valueOf(ProcessHandle.current().pid())));
  }
}
