package dev.weft.profile;

import dev.weft.timeline.Incident;
import dev.weft.timeline.Lane;
import dev.weft.timeline.RecordedJob;
import dev.weft.timeline.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the report's page shows, as it is written into the page as JSON. Times are nanoseconds from
 * the start of the recording; stages are numbers in {@code stages}.
 */
record ReportData(
    String title,
    long nanos,
    List<Job> jobs,
    List<LaneBoxes> lanes,
    List<StageTimes> stages,
    List<DeviceUse> uses,
    List<MemoryCurve> memory,
    CopiedBytes bytes,
    List<SlowTask> slowest,
    List<PlacementCount> placements,
    List<KernelText> kernels,
    String plan,
    List<Problem> problems) {

  /** A job: its times, and its failure or null. */
  record Job(
      long number,
      long planBegin,
      long begin,
      long end,
      boolean finished,
      @Nullable String failure,
      long tasks,
      long bytesRead) {}

  /** Something that went wrong; with a chunk where it concerns a stage, whose number is not -1. */
  record Problem(
      String kind, long job, long nanos, String device, int stage, long chunk, String text) {}

  static ReportData of(
      String title,
      Recording recording,
      List<MemorySamples.Sample> samples,
      List<KernelText> kernels,
      String plan) {
    List<Lane> lanes = Lane.of(recording.spans(), recording.devices());
    return new ReportData(
        title,
        recording.nanos(),
        recording.jobs().stream().map(job -> job(job, recording.begin())).toList(),
        LaneBoxes.of(lanes, recording.begin()),
        StageTimes.of(recording),
        DeviceUse.of(lanes, recording),
        MemoryCurve.of(samples, recording),
        CopiedBytes.of(recording),
        SlowTask.of(recording),
        PlacementCount.of(recording),
        kernels,
        plan,
        recording.incidents().stream()
            .map(incident -> problem(incident, recording.begin()))
            .toList());
  }

  private static Job job(RecordedJob job, long origin) {
    return new Job(
        job.number(),
        job.planBegin() - origin,
        job.begin() - origin,
        job.end() - origin,
        job.finished(),
        job.failure(),
        job.tasks(),
        job.bytesRead());
  }

  private static Problem problem(Incident incident, long origin) {
    return new Problem(
        incident.kind().toString(),
        incident.job(),
        incident.nanos() - origin,
        incident.device(),
        incident.stage(),
        incident.chunk(),
        incident.text());
  }
}
