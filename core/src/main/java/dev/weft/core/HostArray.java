package dev.weft.core;

import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.expr.Leases;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.Shape;
import dev.weft.core.text.ArrayPrinter;
import dev.weft.core.text.Elements;
import dev.weft.core.text.FlatCopies;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * A computed array in off-heap memory: dense, in C order and native byte order. Safe for many
 * threads as long as nobody writes to {@link #segment}.
 *
 * <p>Copies of a Java array and results of jobs never change until somebody asks for their {@link
 * #segment}: a device with memory of its own may keep copies of their elements for later jobs. For
 * all others {@link #freeze} says so.
 *
 * <p>{@link #close} gives the memory back at once; an array that is forgotten gives it back when
 * the garbage collector finds that neither it nor any segment of it is in use.
 */
public final class HostArray implements AutoCloseable {
  /** Alignment of memory from {@link #allocate}: a cache line, and the widest vector. */
  private static final long ALIGNMENT = 64;

  /**
   * Bytes up to which memory is left to the garbage collector: closing a shared arena stops all
   * threads for a moment, about 100 microseconds, and two of them make an array.
   */
  private static final long SMALL = 1 << 16;

  private static final Cleaner CLEANER = Cleaner.create();

  private final DType dtype;
  private final Shape shape;
  private final MemorySegment segment;
  private final @Nullable Ownership ownership;
  private final Leases leases = new Leases();

  /** There while nobody can write to the elements. */
  private volatile Identity.@Nullable OfMemory identity;

  private volatile boolean frozen;

  /** Memory that this array must give back, and the arena that ends access to it. */
  private record Ownership(Arena access, Cleaner.Cleanable release) {}

  private HostArray(
      DType dtype, Shape shape, MemorySegment segment, @Nullable Ownership ownership) {
    this.dtype = dtype;
    this.shape = shape;
    this.segment = segment;
    this.ownership = ownership;
  }

  /**
   * A copy of a Java array of primitives, of arrays of them to any depth, or of one boxed number.
   * The element type follows Java's: {@code byte} is int8, {@code int} is int32, and so on.
   *
   * @throws UsageException when the array is ragged or holds anything else; says where
   */
  public static HostArray of(Object values) {
    return NestedArrays.copy(values).unchanging();
  }

  /**
   * A copy of a flat or nested Java array, whose elements fill {@code shape} in C order.
   *
   * @throws UsageException when the number of elements differs
   */
  public static HostArray of(Object values, Shape shape) {
    HostArray copy = NestedArrays.copy(values);
    if (copy.size() != shape.size()) {
      long size = copy.size();
      copy.close();
      throw new UsageException(
          "array of shape %s from %,d values: the shape has %,d elements"
              .formatted(shape, size, shape.size()));
    }
    return new HostArray(copy.dtype, shape, copy.segment, copy.ownership).unchanging();
  }

  /** An array of zeros in memory of its own, 64-byte aligned. */
  public static HostArray allocate(DType dtype, Shape shape) {
    long bytes = Bytes.of(dtype, shape);
    try {
      if (bytes <= SMALL) {
        return wrap(Arena.ofAuto().allocate(bytes, ALIGNMENT), dtype, shape);
      }
      Arena memory = Arena.ofShared();
      return wrap(memory.allocate(bytes, ALIGNMENT), dtype, shape, memory::close);
    } catch (OutOfMemoryError e) {
      throw new DeviceException(
          "array of %s %s: %,d bytes of off-heap memory are not to be had (%s). Close arrays that"
                  .formatted(dtype, shape, bytes, e.getMessage())
              + " are done with, or raise -XX:MaxDirectMemorySize",
          e);
    }
  }

  /**
   * An array over memory that the caller keeps: {@link #close} only ends the use of this object.
   *
   * @param memory native memory of at least the bytes needed; its own lifetime still applies
   */
  public static HostArray wrap(MemorySegment memory, DType dtype, Shape shape) {
    return new HostArray(dtype, shape, part(memory, dtype, shape), null);
  }

  /**
   * An array that owns its memory. Access to it ends, then {@code release} runs, exactly once: in
   * {@link #close}, or on another thread after the array was forgotten.
   *
   * @param release gives the memory back; must not refer to the array
   */
  public static HostArray wrap(MemorySegment memory, DType dtype, Shape shape, Runnable release) {
    MemorySegment part = part(memory, dtype, shape);
    // An arena of our own: segments that outlive close() then fail instead of reading what the
    // owner has put there since.
    Arena access = Arena.ofShared();
    // Registered on the scope, not on the array: whoever holds only a segment keeps the memory.
    Cleaner.Cleanable cleanable = CLEANER.register(access.scope(), new Release(memory, release));
    return new HostArray(
        dtype,
        shape,
        part.reinterpret(part.byteSize(), access, null),
        new Ownership(access, cleanable));
  }

  /** Keeps the memory reachable until it is given back. */
  private record Release(MemorySegment memory, Runnable action) implements Runnable {
    @Override
    public void run() {
      action.run();
    }
  }

  private static MemorySegment part(MemorySegment memory, DType dtype, Shape shape) {
    long bytes = Bytes.of(dtype, shape);
    if (!memory.isNative()) {
      throw new UsageException(
          "array of %s %s over a heap segment: kernels need native memory. Copy it with"
                  .formatted(dtype, shape)
              + " HostArray.of(...)");
    }
    if (memory.byteSize() < bytes) {
      throw new UsageException(
          "array of %s %s needs %,d bytes; the segment has %,d"
              .formatted(dtype, shape, bytes, memory.byteSize()));
    }
    return memory.asSlice(0, bytes);
  }

  /** Element type. */
  public DType dtype() {
    return dtype;
  }

  /** Extents. */
  public Shape shape() {
    return shape;
  }

  /** Number of elements. */
  public long size() {
    return shape.size();
  }

  /** Bytes of all elements together. */
  public long nbytes() {
    return shape.size() * dtype.itemSize();
  }

  /**
   * The elements in C order and native byte order; not to be used once the array is closed. Whoever
   * has them can write to them at any time: jobs copy them to devices anew from then on, unless the
   * array is {@linkplain #freeze frozen} and they are read-only.
   */
  public MemorySegment segment() {
    MemorySegment all = elements();
    if (frozen) {
      return all.asReadOnly();
    }
    identity = null;
    return all;
  }

  /**
   * Promises that nobody writes to the elements any more, through whatever segment, so that devices
   * may keep copies of them: the next job that reads them there copies nothing. {@link #segment} is
   * read-only from then on.
   *
   * @return this array
   */
  public synchronized HostArray freeze() {
    requireOpen();
    frozen = true;
    return unchanging();
  }

  /** Nobody else knows the memory yet. */
  HostArray unchanging() {
    if (identity == null) {
      identity = new Identity.OfMemory();
    }
    return this;
  }

  /** What copies of the elements are kept by, null where somebody may write to them. */
  @Nullable Identity identity() {
    return leases.isClosed() ? null : identity;
  }

  /** The elements, for those who only read them. */
  MemorySegment elements() {
    requireOpen();
    return segment;
  }

  private void requireOpen() {
    if (leases.isClosed()) {
      throw closed();
    }
  }

  private UsageException closed() {
    return new UsageException(
        "array of %s %s is closed. Read it before close(), or copy it first"
            .formatted(dtype, shape));
  }

  /** The elements, for jobs that have begun to read them before the array was closed. */
  MemorySegment leased() {
    if (leases.isOver()) {
      throw closed();
    }
    return segment;
  }

  /** Begins a use by a job, which {@link #close} does not cut short; the result ends it. */
  Runnable lease() {
    if (!leases.begin()) {
      throw closed();
    }
    return () -> {
      if (leases.end()) {
        giveBackQuietly();
      }
    };
  }

  /**
   * The element at {@code index} as the nearest double; true is 1. Indices count from the end when
   * negative, as in NumPy; an array without axes takes none.
   */
  public double getDouble(long... index) {
    return Elements.doubleAt(elements(), dtype, shape.position(index));
  }

  /**
   * The element at {@code index} as a long; true is 1. Of uint64 it is the bits.
   *
   * @throws UsageException when it is not a whole number, or beyond long
   */
  public long getLong(long... index) {
    return Elements.exactLong(elements(), dtype, shape.position(index));
  }

  /** The element at {@code index} as a complex number; real ones have an imaginary part of 0. */
  public Complex getComplex(long... index) {
    return Elements.complexAt(elements(), dtype, shape.position(index));
  }

  /** Whether the element at {@code index} differs from zero; NaN does. */
  public boolean getBoolean(long... index) {
    return Elements.isTrue(elements(), dtype, shape.position(index));
  }

  /** The only element of an array of one element, whatever its rank, as the nearest double. */
  public double item() {
    if (size() != 1) {
      throw new UsageException(
          "item() needs an array of one element; shape %s has %,d. Use getDouble(index...)"
              .formatted(shape, size()));
    }
    return Elements.doubleAt(elements(), dtype, 0);
  }

  /** All elements in C order, each as the nearest double; true is 1. */
  public double[] toDoubleArray() {
    return FlatCopies.doubles(elements(), dtype, shape);
  }

  /** All elements in C order; real ones have an imaginary part of 0. */
  public Complex[] toComplexArray() {
    return FlatCopies.complex(elements(), dtype, shape);
  }

  /** All elements in C order, each as the nearest float; true is 1. */
  public float[] toFloatArray() {
    return FlatCopies.floats(elements(), dtype, shape);
  }

  /** All elements in C order; uint64 as its bits. One that is no whole long is refused. */
  public long[] toLongArray() {
    return FlatCopies.longs(elements(), dtype, shape);
  }

  /** All elements in C order; one that is no whole number within int is refused. */
  public int[] toIntArray() {
    return FlatCopies.ints(elements(), dtype, shape);
  }

  /**
   * All elements in C order; one that is no whole number within byte is refused. uint8 is given as
   * its bits, to be read with {@link Byte#toUnsignedInt}.
   */
  public byte[] toByteArray() {
    return FlatCopies.bytes(elements(), dtype, shape);
  }

  /** All elements in C order, true where they differ from zero. */
  public boolean[] toBooleanArray() {
    return FlatCopies.booleans(elements(), dtype, shape);
  }

  /** The array as something that expressions read from, in place. Valid until {@link #close}. */
  public ArraySource asSource() {
    return new HostArraySource(this);
  }

  /** Element type and shape, such as {@code float64 (3, 4)}. */
  public String summary() {
    return dtype + " " + shape;
  }

  /** The elements as NumPy's {@code str} shows them: long arrays are abbreviated. */
  @Override
  public String toString() {
    return leases.isClosed() || !segment.scope().isAlive()
        ? summary() + " (closed)"
        : ArrayPrinter.print(elements(), dtype, shape);
  }

  /**
   * Gives the memory back and ends access to it; calling it again does nothing. Where jobs are
   * reading the array, this happens when the last of them has ended; others cannot begin.
   *
   * @throws UsageException when an operation of another thread is using the memory right now
   */
  @Override
  public void close() {
    if (!leases.close()) {
      return;
    }
    try {
      giveBack();
    } catch (IllegalStateException e) {
      leases.reopen();
      throw new UsageException(
          "array of %s %s is being read or written by another thread. Close it after that"
              .formatted(dtype, shape),
          e);
    }
  }

  private void giveBack() {
    if (ownership != null) {
      ownership.access().close();
      ownership.release().clean();
    }
  }

  /** Where somebody still touches a segment, the garbage collector finds the array later. */
  private void giveBackQuietly() {
    try {
      giveBack();
    } catch (IllegalStateException touched) {
      return;
    }
  }
}
