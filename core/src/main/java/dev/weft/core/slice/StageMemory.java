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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final List<ArrayDef> arrays;
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
    this.arrays = plan.graph().arrays();
    Map<Integer, ArrayDef> touched = touched(stage);
    this.job = new JobMemory(held, plan, targets, touched::containsKey);
    List<ArrayDef> dense =
        touched.values().stream().filter(array -> array.storage() == Storage.DENSE).toList();
    job.allocateDense(0, dense);
  }

  /** The arrays that tasks of the stage read or write; of those shown under another shape: both. */
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
  }

  /** Hears of chunks. */
  private interface Visitor {
    void on(Key key);
  }

  /** Visits the chunks that a task reads and that must be brought in; some several times. */
  private void visit(long task, Visitor visitor) {
    plan.reads(
        stage.id(),
        task,
        (array, chunk) -> visitor.on(new Key(array, chunk)),
        all -> {
          for (long chunk = 0; chunk < all.grid().count(); chunk++) {
            visitor.on(new Key(all.id(), chunk));
          }
        });
    plan.sources(
        stage.id(),
        task,
        (array, chunk) -> {
          if (arrays.get(array).isRead()) {
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
              bring(arrays.get(key.array), key.chunk);
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
            if (--chunk.readers == 0 && arrays.get(key.array).storage() != Storage.DENSE) {
              job.free(key.array, key.chunk);
              loaded.remove(key);
            }
          }
        });
  }

  @Override
  public void close() {
    job.close();
  }
}
