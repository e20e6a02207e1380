package dev.weft.profile;

import dev.weft.timeline.RecordedStage;
import dev.weft.timeline.Recording;
import dev.weft.timeline.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long the tasks of a stage ran.
 *
 * @param job the job's number
 * @param label what the tasks do
 * @param tasks how many the stage has
 * @param done how many have ended well
 * @param nanos the time of those that ran, added up
 * @param longest the longest time of one; of tasks that were run as one, their mean
 * @param byDevice tasks done on each device
 */
record StageTimes(
    long job,
    String label,
    long tasks,
    long done,
    long nanos,
    long longest,
    Map<String, Long> byDevice) {

  static List<StageTimes> of(Recording recording) {
    int count = recording.stages().size();
    long[] done = new long[count];
    long[] nanos = new long[count];
    long[] longest = new long[count];
    List<Map<String, Long>> devices = new ArrayList<>();
    recording.stages().forEach(stage -> devices.add(new TreeMap<>()));
    for (TimeSpan span : recording.spans()) {
      if (span.kind() != TimeSpan.Kind.TASK) {
        continue;
      }
      int stage = span.stage();
      nanos[stage] += span.nanos();
      longest[stage] = Math.max(longest[stage], span.nanos() / span.tasks());
      if (span.finished()) {
        done[stage] += span.tasks();
        devices.get(stage).merge(span.device(), (long) span.tasks(), Long::sum);
      }
    }
    List<StageTimes> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecordedStage stage = recording.stages().get(i);
      all.add(
          new StageTimes(
              stage.job(),
              stage.label(),
              stage.tasks(),
              done[i],
              nanos[i],
              longest[i],
              devices.get(i)));
    }
    return all;
  }
}
