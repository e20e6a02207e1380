package dev.weft.testkit.session;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A float64 target that takes regions, remembers them and its calls, and does what it is told. */
public class RegionTarget implements ArrayTarget {
  private final @Nullable Chunks chunks;
  private final List<String> calls = new ArrayList<>();
  private final List<Region> regions = new ArrayList<>();
  private final List<String> threads = new ArrayList<>();
  private final AtomicInteger writing = new AtomicInteger();
  private double[] values = {};
  private Shape shape = Shape.SCALAR;

  /** A target that takes the chunks of the array. */
  public RegionTarget() {
    this(null);
  }

  /** A target with chunks of its own. */
  public RegionTarget(@Nullable Chunks chunks) {
    this.chunks = chunks;
  }

  /** Called at the start of every write, by the thread that writes. */
  protected void onWrite(Region region) throws Exception {}

  /** The calls so far but those of write, in order. */
  public final synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** What was written, in order of arrival. */
  public final synchronized List<Region> regions() {
    return List.copyOf(regions);
  }

  /** Who wrote it. */
  public final synchronized List<String> threads() {
    return List.copyOf(threads);
  }

  /** The elements that have arrived; NaN elsewhere. */
  public final synchronized double[] values() {
    return values.clone();
  }

  @Override
  public final boolean takesRegions() {
    return true;
  }

  @Override
  public final Optional<Chunks> chunks(DType dtype, Shape shape) {
    return Optional.ofNullable(chunks);
  }

  @Override
  public final synchronized @Nullable MemorySegment open(DType dtype, Shape shape) {
    calls.add("open");
    this.shape = shape;
    values = new double[(int) shape.size()];
    Arrays.fill(values, Double.NaN);
    return null;
  }

  @Override
  public final void write(Region region, MemorySegment elements) throws IOException {
    writing.incrementAndGet();
    try {
      onWrite(region);
      put(region, elements);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      writing.decrementAndGet();
    }
  }

  private synchronized void put(Region region, MemorySegment elements) {
    if (elements.byteSize() != region.size() * Double.BYTES) {
      throw new IllegalStateException(region + " came with " + elements.byteSize() + " bytes");
    }
    regions.add(region);
    threads.add(Thread.currentThread().getName());
    long[] strides = shape.strides();
    for (long i = 0; i < region.size(); i++) {
      long rest = i;
      long position = 0;
      for (int axis = region.rank() - 1; axis >= 0; axis--) {
        position += (region.start()[axis] + rest % region.extents()[axis]) * strides[axis];
        rest /= region.extents()[axis];
      }
      values[(int) position] = elements.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
    }
  }

  @Override
  public final void commit() {
    end("commit");
  }

  @Override
  public final void abort() {
    end("abort");
  }

  private synchronized void end(String how) {
    calls.add(writing.get() == 0 ? how : how + " while something is written");
  }
}
