package dev.weft.core.memory;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.IoRetries;
import dev.weft.core.device.StridedCopy;
import dev.weft.core.error.InternalException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.plan.HeldChunks;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.Region;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where every array of a job is in the memory of the host. Result memory is handed over at the end;
 * everything else is given back, when the last reader has ended or at the latest when the job does.
 */
public final class JobMemory implements PlaceMemory {
  private final Device device;
  private final HeldMemory holder;
  private final HeldChunks held;
  private final List<ArrayDef> arrays;
  private final @Nullable MemorySegment[] dense;

  /** Of the dense arrays of which only a part is here: bytes before it. */
  private final long[] before;

  private final @Nullable DeviceBuffer[] denseBuffers;
  private final ChunkTable chunks;
  private final WrittenChunks written;
  private final OpenTargets targets;

  public JobMemory(HeldMemory holder, Plan plan, OpenTargets targets) {
    this(holder, plan, targets, array -> true);
  }

  /** The memory of a part of a job, for the arrays that {@code used} chooses by their numbers. */
  public JobMemory(HeldMemory holder, Plan plan, OpenTargets targets, IntPredicate used) {
    this.held = plan.held();
    this.targets = targets;
    this.holder = holder;
    this.device = holder.devices().host();
    this.arrays = plan.graph().arrays();
    this.dense = new MemorySegment[arrays.size()];
    this.before = new long[arrays.size()];
    this.denseBuffers = new DeviceBuffer[arrays.size()];
    this.chunks =
        new ChunkTable(
            arrays,
            array ->
                used.test(array.id())
                    && (array.isRead()
                        || array.storage() != Storage.DENSE
                            && array.storage() != Storage.EXTERNAL));
    this.written = new WrittenChunks(plan);
  }

  /** Puts the chunks of persisted arrays that are on the host into its table. */
  public void lend(Plan plan) {
    lend(device, plan, chunks);
  }

  /** Puts the chunks of persisted arrays that are on a device into its table. */
  public static void lend(Device device, Plan plan, ChunkTable chunks) {
    for (ArrayDef array : plan.graph().arrays()) {
      if (array.source() instanceof ResidentChunks resident) {
        resident.lend(device, array, chunks);
      }
    }
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public List<TaskMemory> tasks(int count) {
    List<TaskMemory> tasks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tasks.add(new HostTaskMemory(this, device, chunks));
    }
    return tasks;
  }

  /** Which chunks of the results are complete. */
  public WrittenChunks written() {
    return written;
  }

  /** Where results go that do not stay in memory. */
  public OpenTargets targets() {
    return targets;
  }

  /** Gives a dense array memory that somebody else owns. */
  public void place(ArrayDef array, MemorySegment memory) {
    if (array.alias() != null || dense[array.id()] != null) {
      throw new InternalException(
          "two results are to be written to one array, " + array.label() + " " + array.shape());
    }
    dense[array.id()] = memory;
  }

  /**
   * Allocates what dense arrays are without memory yet: all of them or none, so that no two jobs
   * have each what the other waits for.
   *
   * @param spare bytes that should be free beside
   */
  public void allocateDense(long spare) {
    List<ArrayDef> open = new ArrayList<>();
    for (ArrayDef array : arrays) {
      if (array.storage() == Storage.DENSE && array.alias() == null && dense[array.id()] == null) {
        open.add(array);
      }
    }
    List<DeviceBuffer> buffers = holder.take(open.stream().map(ArrayDef::bytes).toList(), spare);
    for (int i = 0; i < buffers.size(); i++) {
      ArrayDef array = open.get(i);
      denseBuffers[array.id()] = buffers.get(i);
      dense[array.id()] = host(buffers.get(i)).asSlice(0, array.bytes());
    }
  }

  /**
   * Gives a dense array memory for a part of it.
   *
   * @param first number of the first element of the part, in C order
   */
  public void place(ArrayDef array, MemorySegment memory, long first) {
    place(array, memory);
    before[array.id()] = first * array.dtype().itemSize();
  }

  /** Gives such memory back. */
  public Runnable closing(DeviceBuffer buffer, long bytes) {
    return holder.closing(buffer, bytes);
  }

  /** The elements of a dense array, in C order. */
  public MemorySegment dense(ArrayDef array) {
    ArrayDef memory = array.alias() == null ? array : array.alias();
    MemorySegment segment = dense[memory.id()];
    if (segment == null) {
      throw new InternalException("array " + array.label() + " has no memory");
    }
    return segment;
  }

  /** Where the elements of a dense array are, as far as they are here. */
  public ArraySource.Layout layout(ArrayDef array) {
    ArrayDef memory = array.alias() == null ? array : array.alias();
    long[] strides = StridedCopy.dense(array.shape().extents(), array.dtype().itemSize());
    return new ArraySource.Layout(dense(array), -before[memory.id()], strides);
  }

  /** Takes the buffer of a dense array out of this job's care. */
  public synchronized @Nullable DeviceBuffer release(ArrayDef array) {
    DeviceBuffer buffer = denseBuffers[array.id()];
    denseBuffers[array.id()] = null;
    return buffer;
  }

  @Override
  public ChunkTable chunks() {
    return chunks;
  }

  /** What is kept of each chunk. */
  public HeldChunks held() {
    return held;
  }

  /** Memory that is the caller's. */
  public DeviceBuffer temporary(long bytes) {
    return device.allocate(Math.max(1, bytes));
  }

  public static MemorySegment host(DeviceBuffer buffer) {
    return Objects.requireNonNull(buffer.host());
  }

  public void free(int array, long chunk) {
    chunks.free(array, chunk);
  }

  /** Gives back whatever is left. */
  public void close() {
    closeAllBut(List.of());
  }

  /** Gives back whatever is left, except the memory of these dense arrays. */
  public void closeAllBut(List<ArrayDef> kept) {
    Set<Integer> spared = new HashSet<>();
    kept.forEach(array -> spared.add(array.id()));
    chunks.close();
    for (ArrayDef array : arrays) {
      DeviceBuffer buffer = spared.contains(array.id()) ? null : release(array);
      if (buffer != null) {
        closing(buffer, array.bytes()).run();
      }
    }
  }

  /**
   * Where a chunk lies on the host.
   *
   * @param held the part of a source's chunk that is wanted
   */
  public HostBlock block(ArrayDef array, long chunk, Region held) {
    return switch (array.storage()) {
      case EXTERNAL -> {
        ArraySource.Layout layout = source(array).memory();
        yield layout == null
            ? HostBlock.dense(
                chunks.get(array, chunk).memory(), held.extents(), array.dtype().itemSize())
            : part(array, held, layout);
      }
      case DENSE -> place(array, chunk);
      case CHUNKED, PARTIALS, RESIDENT, RUNNING ->
          block(array, chunk, chunks.get(array, chunk).memory());
    };
  }

  /** The place of a chunk in a dense array. */
  public HostBlock place(ArrayDef array, long chunk) {
    return part(array, array.grid().region(chunk), layout(array));
  }

  private static HostBlock part(ArrayDef array, Region region, ArraySource.Layout layout) {
    long base = layout.offset();
    for (int axis = 0; axis < region.rank(); axis++) {
      base += region.start()[axis] * layout.strides()[axis];
    }
    return new HostBlock(
        layout.memory(), base, layout.strides(), region.extents(), array.dtype().itemSize());
  }

  /** A chunk, or a task's partial results, in memory of its own. */
  public static HostBlock block(ArrayDef array, long chunk, MemorySegment memory) {
    if (array.partial() != null) {
      return HostBlock.dense(memory, new long[] {array.chunkBytes(chunk) / Long.BYTES}, Long.BYTES);
    }
    return HostBlock.dense(memory, array.held(chunk).extents(), array.dtype().itemSize());
  }

  public static ArraySource source(ArrayDef array) {
    return Objects.requireNonNull(array.source());
  }

  /** Reads part of a source that cannot be read in place. */
  public static void read(
      ArrayDef array, Region region, MemorySegment target, IoRetries.Listener listener) {
    ArraySource source = source(array);
    IoRetries.run(
        () -> source.read(region, target),
        () -> "reading %s of %s failed".formatted(region, source.description()),
        listener);
  }
}
