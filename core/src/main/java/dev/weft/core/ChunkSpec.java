package dev.weft.core;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.AxisChunks;
import dev.weft.core.shape.Bytes;
import dev.weft.core.shape.ChunkSize;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a user asks for chunks: automatically, by lengths, or by explicit lists per axis. */
public sealed interface ChunkSpec {
  /** About the session's target size. */
  record Auto() implements ChunkSpec {}

  /** Regular lengths: one for all axes, or one per axis; -1 stands for the whole axis. */
  record Lengths(List<Long> lengths) implements ChunkSpec {}

  /** The length of every chunk, per axis. */
  record Explicit(List<List<Long>> lengths) implements ChunkSpec {}

  /** About the session's target size. */
  static ChunkSpec auto() {
    return new Auto();
  }

  /** Regular lengths: one for all axes, or one per axis; -1 stands for the whole axis. */
  static ChunkSpec of(long... lengths) {
    return new Lengths(Arrays.stream(lengths).boxed().toList());
  }

  /** The length of every chunk, per axis. */
  static ChunkSpec explicit(List<List<Long>> lengths) {
    return new Explicit(lengths);
  }

  /**
   * As written on the command line: {@code auto}, {@code 1000}, {@code 100,500} or {@code
   * 100+50+50,500}.
   */
  static ChunkSpec parse(String text) {
    if (text.strip().equals("auto")) {
      return auto();
    }
    try {
      List<List<Long>> axes = new ArrayList<>();
      for (String axis : text.split(",", -1)) {
        axes.add(Arrays.stream(axis.split("\\+", -1)).map(s -> Long.valueOf(s.strip())).toList());
      }
      boolean explicit = axes.stream().anyMatch(axis -> axis.size() > 1);
      return explicit
          ? new Explicit(axes)
          : new Lengths(axes.stream().map(List::getFirst).toList());
    } catch (NumberFormatException e) {
      throw new UsageException(
          "chunks '%s': use auto, a length such as 1000, one per axis such as 100,500, or explicit lists such as 100+50,500"
              .formatted(text),
          e);
    }
  }

  /** The grid for an array. */
  default Chunks resolve(Shape shape, DType dtype, ChunkSize size) {
    return switch (this) {
      case Auto auto -> size.auto(shape, dtype);
      case Lengths(List<Long> lengths) -> regular(shape, lengths);
      case Explicit(List<List<Long>> lengths) -> explicit(shape, lengths);
    };
  }

  /** The grid for the array of a source: automatic chunks consist of the source's own. */
  default Chunks resolve(ArraySource source, ChunkSize size) {
    Optional<Chunks> own = this instanceof Auto ? source.chunks() : Optional.empty();
    if (own.isEmpty()) {
      return resolve(source.shape(), source.dtype(), size);
    }
    if (!own.get().shape().equals(source.shape())) {
      throw new UsageException(
          "%s has chunks %s of shape %s, but shape %s itself; let chunks() cut the source's own shape"
              .formatted(source.description(), own.get(), own.get().shape(), source.shape()));
    }
    return size.follow(own.get(), source.dtype());
  }

  private static Chunks regular(Shape shape, List<Long> lengths) {
    if (lengths.size() != 1 && lengths.size() != shape.rank()) {
      throw new UsageException(
          "chunks %s: give one length for all axes or one for each of the %d axes of shape %s"
              .formatted(lengths, shape.rank(), shape));
    }
    long[] perAxis = new long[shape.rank()];
    for (int axis = 0; axis < perAxis.length; axis++) {
      long length = lengths.get(lengths.size() == 1 ? 0 : axis);
      if (length < 1 && length != -1) {
        throw new UsageException(
            "chunks %s: a length must be at least 1, or -1 for the whole axis".formatted(lengths));
      }
      perAxis[axis] = length == -1 ? shape.extent(axis) : length;
    }
    return Chunks.regular(shape, perAxis);
  }

  private static Chunks explicit(Shape shape, List<List<Long>> lengths) {
    if (lengths.size() != shape.rank()) {
      throw new UsageException(
          "chunks %s: give one list for each of the %d axes of shape %s"
              .formatted(lengths, shape.rank(), shape));
    }
    List<AxisChunks> axes = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      long[] offsets = new long[lengths.get(axis).size() + 1];
      for (int i = 1; i < offsets.length; i++) {
        long length = lengths.get(axis).get(i - 1);
        offsets[i] = length < 0 ? offsets[i - 1] : Bytes.sum(offsets[i - 1], length);
      }
      long total = offsets[offsets.length - 1];
      if (total != shape.extent(axis) || lengths.get(axis).stream().anyMatch(n -> n < 0)) {
        throw new UsageException(
            "chunks %s: the lengths along axis %d add up to %d, but shape %s has %d there"
                .formatted(lengths, axis, total, shape, shape.extent(axis)));
      }
      axes.add(AxisChunks.at(offsets));
    }
    return new Chunks(axes);
  }
}
