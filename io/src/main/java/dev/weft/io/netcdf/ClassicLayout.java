package dev.weft.io.netcdf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything stands in a new file of the classic formats: CDF-2 where that has the types and
 * lengths, CDF-5 otherwise.
 *
 * @param header what precedes the elements
 * @param begins where each variable's elements begin, counted from the end of the header
 * @param bytes of all elements, and what lies between them
 */
record ClassicLayout(byte[] header, long[] begins, long bytes) {
  private static final int MAGIC = ('C' << 24) | ('D' << 16) | ('F' << 8);
  private static final int DIMENSIONS = 10;
  private static final int VARIABLES = 11;
  private static final int ATTRIBUTES = 12;

  /** Variables begin at multiples, and names and attributes end there. */
  private static final int PADDING = 4;

  /** Longest dimension of CDF-2 that all libraries take. */
  private static final long LONGEST_OLD = Integer.MAX_VALUE - 3;

  /** Most bytes of a variable of CDF-2. */
  private static final long LARGEST_OLD = (1L << 32) - 4;

  /** The axes of a file by name, and which of them each variable has. */
  private record Axes(Map<String, Long> lengths, List<List<String>> ofVariables) {}

  /** A layout of these variables. */
  static ClassicLayout of(List<NewVariable> variables) {
    List<List<NewAttribute>> attributes = variables.stream().map(NewAttribute::of).toList();
    Axes axes = axes(variables);
    boolean isWide = isWide(variables, attributes, axes);
    long[] begins = new long[variables.size()];
    long bytes = 0;
    for (int i = 0; i < begins.length; i++) {
      NewVariable variable = variables.get(i);
      begins[i] = bytes;
      long size = variable.hasRecords() ? 0 : variable.bytes();
      if (size > Long.MAX_VALUE / 2 - bytes) {
        throw variable.refused("the variables of the file have more than 2^62 bytes");
      }
      bytes += padded(size);
    }
    // The length of the header does not depend on where the variables begin.
    int end = header(variables, attributes, axes, isWide, begins, 0).length;
    byte[] header = header(variables, attributes, axes, isWide, begins, end);
    return new ClassicLayout(header, begins, bytes);
  }

  private static long padded(long bytes) {
    return Math.ceilDiv(bytes, PADDING) * PADDING;
  }

  private static boolean isWide(
      List<NewVariable> variables, List<List<NewAttribute>> attributes, Axes axes) {
    return variables.stream().anyMatch(each -> isNew(each.type()) || each.bytes() > LARGEST_OLD)
        || attributes.stream().flatMap(List::stream).anyMatch(each -> isNew(each.type()))
        || axes.lengths.values().stream().anyMatch(length -> length > LONGEST_OLD);
  }

  private static boolean isNew(ClassicType type) {
    return ClassicType.of(type.code(), 2).isEmpty();
  }

  private static Axes axes(List<NewVariable> variables) {
    Map<String, Long> lengths = new LinkedHashMap<>();
    List<List<String>> ofVariables = new ArrayList<>();
    for (NewVariable variable : variables) {
      List<String> names = new ArrayList<>();
      for (int axis = 0; axis < variable.shape().rank(); axis++) {
        long length = variable.shape().extent(axis);
        String name = nameOf(variable, axis, lengths);
        Long other = lengths.putIfAbsent(name, length);
        if (other != null && other != length) {
          throw variable.refused(
              "the axis %s has the length %,d here and %,d before. Give axes of different lengths different names"
                  .formatted(name, length, other));
        }
        if (lengths.values().stream().filter(each -> each == 0).count() > 1) {
          throw variable.refused(
              "%s is the second axis of length 0, of which netCDF's classic formats have one. Give both the same name, or write .zarr"
                  .formatted(name));
        }
        names.add(name);
      }
      ofVariables.add(names);
    }
    return new Axes(lengths, ofVariables);
  }

  /** The given name, or that which xarray gives, unless another variable's is longer or shorter. */
  private static String nameOf(NewVariable variable, int axis, Map<String, Long> lengths) {
    List<String> given = variable.options().dimensions();
    if (!given.isEmpty()) {
      return NewVariable.requireName(variable.place(), "axis", given.get(axis));
    }
    String name = "dim_" + axis;
    long length = variable.shape().extent(axis);
    return lengths.getOrDefault(name, length) == length ? name : variable.name() + "_" + name;
  }

  private static byte[] header(
      List<NewVariable> variables,
      List<List<NewAttribute>> attributes,
      Axes axes,
      boolean isWide,
      long[] begins,
      int end) {
    HeaderOutput out = new HeaderOutput(isWide);
    out.putInt(MAGIC | (isWide ? 5 : 2)).putCount(0);
    out.putList(DIMENSIONS, axes.lengths.size());
    axes.lengths.forEach((name, length) -> out.putName(name).putCount(length));
    // No attributes of the whole file.
    out.putList(ATTRIBUTES, 0);
    List<String> order = List.copyOf(axes.lengths.keySet());
    out.putList(VARIABLES, variables.size());
    for (int i = 0; i < begins.length; i++) {
      NewVariable variable = variables.get(i);
      List<String> names = axes.ofVariables.get(i);
      out.putName(variable.name()).putCount(names.size());
      names.forEach(name -> out.putCount(order.indexOf(name)));
      out.putList(ATTRIBUTES, attributes.get(i).size());
      for (NewAttribute attribute : attributes.get(i)) {
        out.putName(attribute.name()).putInt(attribute.type().code());
        out.putCount(attribute.count()).putPadded(attribute.bytes());
      }
      out.putInt(variable.type().code()).putSize(padded(variable.bytes()));
      out.putLong(end + begins[i]);
    }
    return out.bytes();
  }
}
