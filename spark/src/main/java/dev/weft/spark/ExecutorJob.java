package dev.weft.spark;

import dev.weft.cli.cluster.PlanFile;
import dev.weft.cli.cluster.PlannedJob;
import dev.weft.core.SessionConfig;
import dev.weft.core.SlicedJob;
import dev.weft.core.slice.ChunkExchange;
import java.io.IOException;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The job of a plan on an executor: the text of the plan travels, and each executor plans the job
 * once, when its first task comes. Safe for many threads.
 */
final class ExecutorJob implements Serializable, AutoCloseable {
  private static final long serialVersionUID = 1;

  /** Gives sessions back whose broadcast an executor has dropped. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final String plan;
  private final int threads;
  private final long memory;
  private transient @Nullable Opened opened;

  /** What an executor has made of the plan. */
  private record Opened(
      PlannedJob job, Map<Integer, StageReaders> readers, Cleaner.Cleanable cleaning) {}

  /**
   * A job.
   *
   * @param threads of an executor; 0 for all of its machine
   * @param memory bytes that the job may take on an executor, outside of Java's heap
   */
  ExecutorJob(PlanFile plan, int threads, long memory) {
    this.plan = plan.json();
    this.threads = threads;
    this.memory = memory;
  }

  private synchronized Opened opened() {
    Opened known = opened;
    if (known == null) {
      SessionConfig limits = SessionConfig.defaults().withMemoryLimit(memory);
      PlannedJob job =
          PlannedJob.open(PlanFile.parse(plan), threads > 0 ? limits.withThreads(threads) : limits);
      known = new Opened(job, new ConcurrentHashMap<>(), CLEANER.register(this, () -> close(job)));
      opened = known;
    }
    return known;
  }

  private static void close(PlannedJob job) {
    job.close();
  }

  /** The slices of a stage, cut into so many, that read a chunk. */
  int[] readers(int stage, int slices, Chunk chunk) {
    Opened job = opened();
    return job.readers
        .computeIfAbsent(stage, key -> new StageReaders(job.job.job(), stage, slices))
        .of(chunk.array(), chunk.number());
  }

  /** Runs a slice of a stage, and returns what it leaves. */
  Iterator<Chunk> run(int stage, int slice, int slices, Iterator<Chunk> inputs) {
    SlicedJob job = opened().job.job();
    Passing exchange = new Passing();
    inputs.forEachRemaining(exchange::add);
    job.run(stage, job.slices(stage).tasks(slice, slices), exchange);
    return exchange.left();
  }

  @Override
  public synchronized void close() {
    if (opened != null) {
      opened.cleaning.clean();
      opened = null;
    }
  }

  /** The chunks of one slice. */
  private static final class Passing implements ChunkExchange {
    private final Map<List<Long>, byte[]> known = new HashMap<>();
    private final List<Chunk> left = new ArrayList<>();

    private void add(Chunk chunk) {
      known.put(List.of((long) chunk.array(), chunk.number()), chunk.bytes());
    }

    @Override
    public void get(int array, long chunk, MemorySegment target) throws IOException {
      byte[] bytes;
      synchronized (this) {
        bytes = known.get(List.of((long) array, chunk));
      }
      if (bytes == null || bytes.length != target.byteSize()) {
        throw new IOException("chunk %d of array %d has not come".formatted(chunk, array));
      }
      MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    @Override
    public void put(int array, long chunk, MemorySegment bytes) {
      Chunk made = new Chunk(array, chunk, bytes.toArray(ValueLayout.JAVA_BYTE));
      synchronized (this) {
        add(made);
        left.add(made);
      }
    }

    private synchronized Iterator<Chunk> left() {
      return left.iterator();
    }
  }
}
