package dev.weft.testkit.session;

import dev.weft.core.HostArray;
import dev.weft.core.HostArrayTarget;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SlicedJob;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.slice.ChunkExchange;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs jobs in slices as badly as can be: cut anywhere, in any order of the slices of a stage, some
 * of them twice, by several processes that have planned the job each for itself. Chunks lie in
 * memory; one that is left twice must have the same bits.
 */
public final class SlicedRuns {
  private final Random random;
  private final AtomicInteger again = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private int failing = Integer.MAX_VALUE;

  /** Draws the same cuts and orders for the same seed. */
  public SlicedRuns(long seed) {
    this.random = new Random(seed);
  }

  /** The same with an exchange that fails at every {@code calls}th call. */
  public SlicedRuns failingEach(int calls) {
    failing = calls;
    return this;
  }

  /** Calls of the exchange that have failed. */
  public int failures() {
    return failures.get();
  }

  /** Slices that were run a second time. */
  public int again() {
    return again.get();
  }

  /** The results of arrays that {@code first} and {@code second} have made alike. */
  public List<HostArray> compute(
      Session first, List<NDArray> mine, Session second, List<NDArray> theirs) {
    List<ArrayTarget> targets = new ArrayList<>();
    mine.forEach(array -> targets.add(new HostArrayTarget()));
    SlicedJob[] jobs = {
      SlicedJob.of(first, mine, targets, 1L << 26), SlicedJob.of(second, theirs, targets, 1L << 26)
    };
    if (!jobs[0].fingerprint().equals(jobs[1].fingerprint())) {
      throw new AssertionError("the same job was planned in two ways");
    }
    Chunks chunks = new Chunks();
    for (int stage : jobs[0].stages()) {
      int slices = 1 + random.nextInt((int) Math.min(5, 1 + jobs[0].tasks(stage)));
      List<Integer> order = new ArrayList<>();
      for (int slice = 0; slice < slices; slice++) {
        order.add(slice);
        if (random.nextInt(3) == 0) {
          order.add(slice);
          again.incrementAndGet();
        }
      }
      Collections.shuffle(order, random);
      for (int slice : order) {
        SlicedJob job = jobs[random.nextInt(jobs.length)];
        job.run(stage, job.slices(stage).tasks(slice, slices), chunks);
      }
    }
    jobs[random.nextInt(jobs.length)].finish(targets, chunks);
    return targets.stream().map(target -> ((HostArrayTarget) target).array()).toList();
  }

  /** Chunks in memory. */
  private final class Chunks implements ChunkExchange {
    private final Map<String, byte[]> chunks = new ConcurrentHashMap<>();

    @Override
    public void get(int array, long chunk, MemorySegment target) throws IOException {
      failNowAndThen();
      byte[] bytes = chunks.get(array + "/" + chunk);
      if (bytes == null || bytes.length != target.byteSize()) {
        throw new IOException("chunk %d of array %d is not there".formatted(chunk, array));
      }
      MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    @Override
    public void put(int array, long chunk, MemorySegment bytes) throws IOException {
      failNowAndThen();
      byte[] copy = bytes.toArray(ValueLayout.JAVA_BYTE);
      byte[] there = chunks.putIfAbsent(array + "/" + chunk, copy);
      if (there != null && !Arrays.equals(there, copy)) {
        throw new AssertionError("chunk %d of array %d has other bits".formatted(chunk, array));
      }
    }

    private void failNowAndThen() throws IOException {
      if (calls.incrementAndGet() % failing == 0) {
        failures.incrementAndGet();
        throw new IOException("the network is down");
      }
    }
  }
}
