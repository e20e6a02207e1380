package dev.weft.core;

import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.core.text.Elements;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Copies nested Java arrays; the first element met on each level says what the others must be. */
final class NestedArrays {
  private final Class<?> leaf;
  private final DType dtype;
  private final long[] extents;
  private final long[] strides;
  private final MemorySegment memory;

  private NestedArrays(Class<?> leaf, DType dtype, Shape shape, MemorySegment memory) {
    this.leaf = leaf;
    this.dtype = dtype;
    this.extents = shape.extents();
    this.strides = shape.strides();
    this.memory = memory;
  }

  static HostArray copy(Object values) {
    Class<?> leaf = leafOf(values);
    DType dtype = dtypeOf(leaf);
    Shape shape = shapeOf(values);
    HostArray array = HostArray.allocate(dtype, shape);
    try {
      new NestedArrays(leaf, dtype, shape, array.elements()).fill(values, new int[0], 0);
      return array;
    } catch (RuntimeException e) {
      array.close();
      throw e;
    }
  }

  /** The primitive or boxed type at the bottom. */
  private static Class<?> leafOf(Object values) {
    Object node = values;
    Class<?> type = values.getClass();
    while (type.isArray()) {
      type = type.getComponentType();
      if (type == Object.class || type == Number.class) {
        node = first(node);
        if (node == null) {
          throw new UsageException(
              "array from Java values: the first element is missing, so its type is unknown");
        }
        type = node.getClass();
      } else if (node != null) {
        node = type.isPrimitive() ? null : first(node);
      }
    }
    return type;
  }

  private static @Nullable Object first(@Nullable Object node) {
    return node != null && node.getClass().isArray() && Array.getLength(node) > 0
        ? Array.get(node, 0)
        : null;
  }

  private static DType dtypeOf(Class<?> leaf) {
    return switch (leaf.getName()) {
      case "boolean", "java.lang.Boolean" -> DType.BOOL;
      case "byte", "java.lang.Byte" -> DType.INT8;
      case "short", "java.lang.Short" -> DType.INT16;
      case "int", "java.lang.Integer" -> DType.INT32;
      case "long", "java.lang.Long" -> DType.INT64;
      case "float", "java.lang.Float" -> DType.FLOAT32;
      case "double", "java.lang.Double" -> DType.FLOAT64;
      case "dev.weft.core.dtype.Complex" -> DType.COMPLEX128;
      default ->
          throw new UsageException(
              "array from Java values of type %s: use boolean, byte, short, int, long, float, double"
                      .formatted(leaf.getTypeName())
                  + " or Complex, or arrays of them");
    };
  }

  /** Extents along the first elements; {@link #fill} checks that the others agree. */
  private static Shape shapeOf(Object values) {
    long[] extents = new long[0];
    Object node = values;
    Class<?> type = values.getClass();
    while (type.isArray()) {
      extents = Arrays.copyOf(extents, extents.length + 1);
      extents[extents.length - 1] = node == null ? 0 : Array.getLength(node);
      node = type.getComponentType().isPrimitive() ? null : first(node);
      type = node != null ? node.getClass() : type.getComponentType();
    }
    return Shape.of(extents);
  }

  private void fill(@Nullable Object node, int[] path, long position) {
    int depth = path.length;
    if (depth == extents.length) {
      if (node == null || node.getClass() != leaf) {
        throw unlike(path, node, leaf.getTypeName());
      }
      put(node, position);
      return;
    }
    if (node == null || !node.getClass().isArray()) {
      throw unlike(path, node, "an array of length " + extents[depth]);
    }
    int length = Array.getLength(node);
    if (length != extents[depth]) {
      throw new UsageException(
          "array from Java values is ragged: %s has length %d, its neighbours before it %d"
              .formatted(text(path), length, extents[depth]));
    }
    if (node.getClass().getComponentType().isPrimitive()) {
      if (depth != extents.length - 1 || node.getClass().getComponentType() != leaf) {
        throw unlike(path, node, "depth " + extents.length + " of " + leaf.getTypeName());
      }
      if (length > 0) {
        putAll(node, position, length);
      }
      return;
    }
    int[] below = Arrays.copyOf(path, depth + 1);
    for (int i = 0; i < length; i++) {
      below[depth] = i;
      fill(Array.get(node, i), below, position + i * strides[depth]);
    }
  }

  private void putAll(Object flat, long position, int length) {
    long at = position * dtype.itemSize();
    switch (flat) {
      case double[] v -> MemorySegment.copy(v, 0, memory, Elements.DOUBLE, at, length);
      case float[] v -> MemorySegment.copy(v, 0, memory, Elements.FLOAT, at, length);
      case long[] v -> MemorySegment.copy(v, 0, memory, Elements.LONG, at, length);
      case int[] v -> MemorySegment.copy(v, 0, memory, Elements.INT, at, length);
      case short[] v -> MemorySegment.copy(v, 0, memory, Elements.SHORT, at, length);
      case byte[] v -> MemorySegment.copy(v, 0, memory, ValueLayout.JAVA_BYTE, at, length);
      default -> {
        boolean[] v = (boolean[]) flat;
        for (int i = 0; i < length; i++) {
          memory.set(ValueLayout.JAVA_BYTE, at + i, (byte) (v[i] ? 1 : 0));
        }
      }
    }
  }

  private void put(Object value, long position) {
    long at = position * dtype.itemSize();
    switch (value) {
      case Double v -> memory.set(Elements.DOUBLE, at, v);
      case Float v -> memory.set(Elements.FLOAT, at, v);
      case Long v -> memory.set(Elements.LONG, at, v);
      case Integer v -> memory.set(Elements.INT, at, v);
      case Short v -> memory.set(Elements.SHORT, at, v);
      case Byte v -> memory.set(ValueLayout.JAVA_BYTE, at, v);
      case Complex v -> {
        memory.set(Elements.DOUBLE, at, v.re());
        memory.set(Elements.DOUBLE, at + Double.BYTES, v.im());
      }
      default -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) ((Boolean) value ? 1 : 0));
    }
  }

  private static UsageException unlike(int[] path, @Nullable Object found, String expected) {
    return new UsageException(
        "array from Java values: %s is %s where %s is expected"
            .formatted(
                text(path), found == null ? "null" : found.getClass().getTypeName(), expected));
  }

  private static String text(int[] path) {
    StringBuilder text = new StringBuilder();
    for (int i : path) {
      text.append('[').append(i).append(']');
    }
    return text.isEmpty() ? "the array" : text.toString();
  }
}
