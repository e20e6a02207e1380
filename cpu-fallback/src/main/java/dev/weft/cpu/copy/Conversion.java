package dev.weft.cpu.copy;

import dev.weft.cpu.vector.Lanes;
import dev.weft.cpu.vector.Specialization;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/**
 * Converts contiguous elements from one stored type to another, as NumPy's {@code astype} does
 * where that is defined.
 *
 * <p>Integers to narrower integers keep the low bits. Floating to integer rounds toward zero; out
 * of range, where NumPy leaves it to the machine, int64 and int32 take the nearest they can hold,
 * NaN becomes 0, and narrower types keep the low bits of that int64. To bool, everything but zero
 * is true, NaN too. To floating rounds to nearest, once.
 */
public interface Conversion {
  /** Converts n elements; the two ranges do not overlap. */
  void convert(long from, long to, int n);

  /**
   * What a conversion is made for.
   *
   * @param lanes the width of vectors to use where there is a vector form; null for none
   */
  record Spec(StoredType from, StoredType to, @Nullable Lanes lanes) {}

  /** The conversion between two types. Making it defines a class: keep it. */
  static Conversion of(StoredType from, StoredType to, @Nullable Lanes lanes) {
    Spec spec = new Spec(from, to, lanes);
    boolean vector = lanes != null && VectorShapes.exist(spec);
    return Specialization.of(
        MethodHandles.lookup(),
        vector ? VectorConversion.class : ScalarConversion.class,
        Conversion.class,
        spec);
  }
}
