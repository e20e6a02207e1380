package dev.weft.cpu.memory;

import dev.weft.core.device.ByteCount;

/**
 * What a pool holds at one moment; all numbers are taken together.
 *
 * @param liveBytes bytes of blocks in use, by their capacity
 * @param liveCount blocks in use
 * @param pooledBytes bytes kept for reuse
 * @param peakLiveBytes the most that was ever in use
 * @param limit the most that live and pooled bytes may add up to
 * @param fresh blocks taken from the machine so far
 * @param reused blocks served from the pool so far
 */
public record PoolStatistics(
    long liveBytes,
    long liveCount,
    long pooledBytes,
    long peakLiveBytes,
    long limit,
    long fresh,
    long reused) {

  @Override
  public String toString() {
    return "%s in use in %d blocks (peak %s), %s pooled, limit %s; %d fresh, %d reused"
        .formatted(
            ByteCount.text(liveBytes),
            liveCount,
            ByteCount.text(peakLiveBytes),
            ByteCount.text(pooledBytes),
            ByteCount.text(limit),
            fresh,
            reused);
  }
}
