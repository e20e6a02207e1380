package dev.weft.cpu.copy;

import dev.weft.cpu.vector.Lanes;
import java.util.Objects;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The species in which a conversion reads and writes: as many lanes on both sides. */
final class VectorShapes {
  private VectorShapes() {}

  /** Whether a conversion has a vector form with the meaning of {@link StoredType#convert}. */
  static boolean exist(Conversion.Spec spec) {
    StoredType from = spec.from();
    StoredType to = spec.to();
    if (to == StoredType.BOOL || from == to) {
      return false;
    }
    // Lanes of unsigned types are taken for signed ones.
    if (to.floating() && isUnsigned(from)) {
      return false;
    }
    // Floating to narrow integers goes by way of int64.
    if (from.floating() && !to.floating() && to != StoredType.INT32 && to != StoredType.INT64) {
      return false;
    }
    return bits(spec, from) >= 64 && bits(spec, to) >= 64;
  }

  private static boolean isUnsigned(StoredType type) {
    return switch (type) {
      case UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
  }

  /** The bits in which a widened unsigned number must be 0; none for other conversions. */
  static long upperBits(Conversion.Spec spec) {
    StoredType from = spec.from();
    boolean widens = spec.to().bytes() > from.bytes() && !spec.to().floating();
    return widens && isUnsigned(from) ? -1L << 8 * from.bytes() : 0;
  }

  private static int bits(Conversion.Spec spec, StoredType type) {
    Lanes lanes = Objects.requireNonNull(spec.lanes());
    return lanes.bits() * type.bytes() / Math.max(spec.from().bytes(), spec.to().bytes());
  }

  static VectorSpecies<?> species(Conversion.Spec spec, StoredType type) {
    Class<?> lane =
        switch (type) {
          case BOOL, INT8, UINT8 -> byte.class;
          case INT16, UINT16 -> short.class;
          case INT32, UINT32 -> int.class;
          case INT64, UINT64 -> long.class;
          case FLOAT32 -> float.class;
          case FLOAT64 -> double.class;
        };
    return VectorSpecies.of(lane, VectorShape.forBitSize(bits(spec, type)));
  }
}
