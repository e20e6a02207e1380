package dev.weft.core.slice;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.IoRetries;
import dev.weft.core.error.InternalException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.JobMemory;
import dev.weft.core.memory.OpenTargets;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The host's memory for tasks of one stage: the chunks that they read are brought in when the first
 * of them needs them, and go when the last of them has ended.
 */
final class StageMemory implements AutoCloseable {
  private final Plan plan;
  private final Stage stage;
  private final ChunkExchange exchange;
  private final JobMemory job;
  private final HeldMemory held;
  private final StageReads reads;

  /** The arrays that the stage reads and writes, as it sees them. */
  private final Map<Integer, ArrayDef> touched;

  private final List<Runnable> closings = new ArrayList<>();
  private final Map<Key, Loaded> loaded = new ConcurrentHashMap<>();

  /** A chunk of an array. */
  private record Key(int array, long chunk) {}

  /** A chunk that tasks read. */
  private static final class Loaded {
    private int readers;
    private boolean there;
  }

  StageMemory(
      Plan plan, Stage stage, HeldMemory held, OpenTargets targets, ChunkExchange exchange) {
    this.plan = plan;
    this.stage = stage;
    this.exchange = exchange;
    this.held = held;
    this.reads = new StageReads(plan, stage);
    this.touched = touched(stage);
    this.job = new JobMemory(held, plan, targets, touched::containsKey);
  }

  /** Of arrays that are read under another shape those that have the memory. */
  private static Map<Integer, ArrayDef> touched(Stage stage) {
    Map<Integer, ArrayDef> touched = new LinkedHashMap<>();
    for (Stage.Input input : stage.inputs()) {
      switch (input) {
        case Stage.Input.OfArray(ArrayDef array, var view) -> {
          ArrayDef memory = array.alias() == null ? array : array.alias();
          touched.put(memory.id(), memory);
        }
        case Stage.Input.Before before -> touched.put(before.array().id(), before.array());
        case Stage.Input.OfIndex index -> {}
        case Stage.Input.OfRandom random -> {}
      }
    }
    stage.outputs().forEach(output -> touched.put(output.array().id(), output.array()));
    return touched;
  }

  JobMemory job() {
    return job;
  }

  /** Counts who reads what, before the tasks run. */
  void expect(long[] tasks) {
    Map<Key, Loaded> counted = new HashMap<>();
    for (long task : tasks) {
      visit(task, key -> counted.computeIfAbsent(key, k -> new Loaded()).readers++);
    }
    loaded.putAll(counted);
    allocate(counted.keySet());
  }

  /** Memory for the parts of dense arrays from the first of these chunks to the last. */
  private void allocate(Set<Key> chunks) {
    Map<Integer, long[]> parts = new TreeMap<>();
    for (Key key : chunks) {
      ArrayDef array = touched(key.array);
      Region region = array.grid().region(key.chunk);
      if (array.storage() == Storage.DENSE && region.size() > 0) {
        long first = StageReads.position(array, region, 0);
        long last = StageReads.position(array, region, 1);
        parts.merge(
            key.array,
            new long[] {first, last},
            (a, b) -> new long[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
      }
    }
    List<Long> sizes = new ArrayList<>();
    parts.forEach(
        (array, part) -> sizes.add((part[1] - part[0] + 1) * touched(array).dtype().itemSize()));
    List<DeviceBuffer> buffers = held.take(sizes, 0);
    int next = 0;
    for (Map.Entry<Integer, long[]> part : parts.entrySet()) {
      ArrayDef array = touched(part.getKey());
      long bytes = sizes.get(next);
      DeviceBuffer buffer = buffers.get(next++);
      closings.add(held.closing(buffer, bytes));
      job.place(array, buffer.memory().asSlice(0, bytes), part.getValue()[0]);
    }
    for (ArrayDef array : touched.values()) {
      // Tasks without elements ask where nothing is.
      if (array.storage() == Storage.DENSE && !parts.containsKey(array.id())) {
        job.place(array, MemorySegment.NULL);
      }
    }
  }

  private ArrayDef touched(int array) {
    return Objects.requireNonNull(touched.get(array), "an array of another stage");
  }

  /** Hears of chunks. */
  private interface Visitor {
    void on(Key key);
  }

  /** Visits the chunks that a task reads and that must be brought in; some several times. */
  private void visit(long task, Visitor visitor) {
    reads.visit(task, (array, chunk) -> visitor.on(new Key(array, chunk)));
    plan.sources(
        stage.id(),
        task,
        (array, chunk) -> {
          if (touched(array).isRead()) {
            visitor.on(new Key(array, chunk));
          }
        });
  }

  /** Brings in what a task reads. */
  void load(long task) {
    visit(
        task,
        key -> {
          Loaded chunk = loaded.get(key);
          if (chunk == null) {
            throw new InternalException("task " + task + " was not expected");
          }
          synchronized (chunk) {
            if (!chunk.there) {
              bring(touched(key.array), key.chunk);
              chunk.there = true;
            }
          }
        });
  }

  private void bring(ArrayDef array, long chunk) {
    if (array.storage() == Storage.DENSE) {
      long bytes = array.chunkBytes(chunk);
      try (DeviceBuffer packed = job.temporary(bytes)) {
        get(array, chunk, packed.memory().asSlice(0, bytes));
        job.place(array, chunk).unpack(packed.memory());
      }
      return;
    }
    Region held = array.isRead() ? job.held().region(array, chunk) : Region.all(array.shape());
    long bytes = array.isRead() ? held.size() * array.dtype().itemSize() : array.chunkBytes(chunk);
    DeviceBuffer buffer = job.temporary(bytes);
    try {
      MemorySegment memory = buffer.memory().asSlice(0, bytes);
      if (array.isRead()) {
        JobMemory.read(array, held, memory, IoRetries.Listener.NONE);
      } else {
        get(array, chunk, memory);
      }
    } catch (RuntimeException | Error e) {
      buffer.close();
      throw e;
    }
    job.chunks().publish(array, chunk, buffer);
  }

  private void get(ArrayDef array, long chunk, MemorySegment target) {
    IoRetries.run(
        () -> exchange.get(array.id(), chunk, target),
        () -> "chunk %d of '%s' cannot be read".formatted(chunk, array.label()),
        IoRetries.Listener.NONE);
  }

  /** A task has ended: what no other one reads goes. */
  void release(long task) {
    visit(
        task,
        key -> {
          Loaded chunk = loaded.get(key);
          if (chunk == null) {
            return;
          }
          synchronized (chunk) {
            if (--chunk.readers == 0 && touched(key.array).storage() != Storage.DENSE) {
              job.free(key.array, key.chunk);
              loaded.remove(key);
            }
          }
        });
  }

  @Override
  public void close() {
    job.close();
    closings.forEach(Runnable::run);
  }
}
