package dev.weft.core;

import dev.weft.core.execute.JobRun;
import java.lang.foreign.MemorySegment;

/** Hands the memory of results over to {@link HostArray}s. */
final class HostResults {
  /** Results up to this size are copied: closing memory that others own costs more than a copy. */
  private static final long SMALL = 64 << 10;

  private HostResults() {}

  static HostArray wrap(JobRun.Result result) {
    if (result.memory().byteSize() > SMALL) {
      return HostArray.wrap(result.memory(), result.dtype(), result.shape(), result.release());
    }
    HostArray copy = HostArray.allocate(result.dtype(), result.shape());
    MemorySegment.copy(result.memory(), 0, copy.segment(), 0, result.memory().byteSize());
    result.release().run();
    return copy;
  }
}
