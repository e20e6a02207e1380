package dev.weft.cpu.memory;

import dev.weft.core.device.ByteCount;

/** A block that does not fit: into the limit of its pool, or into the machine. */
public final class MemoryLimitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long requested;
  private final long limit;
  private final long live;

  MemoryLimitException(String reason, long requested, long limit, long live) {
    super(
        "allocate: %s are asked for and %s are in use of a limit of %s: %s"
            .formatted(
                ByteCount.text(requested), ByteCount.text(live), ByteCount.text(limit), reason));
    this.requested = requested;
    this.limit = limit;
    this.live = live;
  }

  /** Bytes asked for. */
  public long requested() {
    return requested;
  }

  /** Bytes the pool may hold at most. */
  public long limit() {
    return limit;
  }

  /** Bytes in use when the request came. */
  public long live() {
    return live;
  }
}
