package dev.weft.core.optimize;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.Identity;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A source in dense C-order memory under another shape. */
public record ReshapedSource(ArraySource source, Shape shape) implements ArraySource {

  /** Whether the source's memory is dense and in C order. */
  public static boolean fits(ArraySource source) {
    Layout layout = source.memory();
    return layout != null && layout.isDense(source.shape(), source.dtype());
  }

  /**
   * A source that an optimised expression reads, with another one in the place of what it shows.
   */
  public static ArraySource replace(ArraySource source, UnaryOperator<ArraySource> other) {
    return source instanceof ReshapedSource(ArraySource inner, Shape shape)
        ? new ReshapedSource(replace(inner, other), shape)
        : other.apply(source);
  }

  @Override
  public DType dtype() {
    return source.dtype();
  }

  @Override
  public String description() {
    return source.description();
  }

  @Override
  public @Nullable Identity identity() {
    return source.identity();
  }

  @Override
  public void requireIntact() {
    source.requireIntact();
  }

  @Override
  public Runnable lease() {
    return source.lease();
  }

  @Override
  public @Nullable Layout memory() {
    Layout layout = Objects.requireNonNull(source.memory());
    long[] strides = shape.strides();
    Arrays.setAll(strides, axis -> strides[axis] * dtype().itemSize());
    return new Layout(layout.memory(), layout.offset(), strides);
  }

  @Override
  public void read(Region region, MemorySegment target) throws IOException {
    throw new IOException("a reshaped source is read in place, never copied");
  }
}
