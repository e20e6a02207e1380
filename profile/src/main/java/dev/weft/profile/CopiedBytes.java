package dev.weft.profile;

import dev.weft.core.spill.SpillDevice;
import dev.weft.timeline.Recording;
import dev.weft.timeline.TimeSpan;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Bytes that were read and moved; copies that failed do not count.
 *
 * @param read of sources that the jobs reach
 * @param toDevices copied from the host, by device
 * @param fromDevices copied to the host, by device
 * @param spilled written to disk for lack of memory
 * @param broughtBack read from disk again
 * @param readAhead read from files before tasks needed it
 */
record CopiedBytes(
    long read,
    Map<String, Long> toDevices,
    Map<String, Long> fromDevices,
    long spilled,
    long broughtBack,
    long readAhead) {
  private static final String DISK = SpillDevice.NAME;

  /** A chunk of an array of a job. */
  private record Chunk(long job, int array, long chunk) {}

  static CopiedBytes of(Recording recording) {
    Map<String, Long> to = new TreeMap<>();
    Map<String, Long> from = new TreeMap<>();
    Set<Chunk> spilledChunks = new HashSet<>();
    for (TimeSpan span : recording.spans()) {
      if (span.kind() == TimeSpan.Kind.TO_DEVICE && span.device().equals(DISK)) {
        spilledChunks.add(chunk(span));
      }
    }
    long broughtBack = 0;
    for (TimeSpan span : recording.spans()) {
      if (!span.finished() || span.kind() == TimeSpan.Kind.TASK) {
        continue;
      }
      boolean out = span.kind() == TimeSpan.Kind.TO_DEVICE;
      (out ? to : from).merge(span.device(), span.bytes(), Long::sum);
      if (!out && span.device().equals(DISK) && spilledChunks.contains(chunk(span))) {
        broughtBack += span.bytes();
      }
    }
    Long spilled = to.remove(DISK);
    Long fromDisk = from.remove(DISK);
    return new CopiedBytes(
        recording.jobs().stream().mapToLong(job -> job.bytesRead()).sum(),
        to,
        from,
        spilled == null ? 0 : spilled,
        broughtBack,
        fromDisk == null ? 0 : fromDisk - broughtBack);
  }

  private static Chunk chunk(TimeSpan span) {
    return new Chunk(span.job(), span.stage(), span.chunk());
  }
}
