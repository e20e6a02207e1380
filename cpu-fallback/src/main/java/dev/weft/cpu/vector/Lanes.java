package dev.weft.cpu.vector;

import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector species of one width: 128, 256 or 512 bits.
 *
 * <p>Every kernel gives the same bits for every width; widths other than the preferred one exist to
 * prove that.
 *
 * @param bits the width of a vector
 * @param float64 float64 lanes of that width
 * @param int64 int64 lanes of that width
 * @param float32 float32 lanes of that width
 * @param int32 int32 lanes of that width
 * @param halfFloat32 as many float32 lanes as {@code float64} has
 * @param halfInt32 as many int32 lanes as {@code int64} has
 */
public record Lanes(
    int bits,
    VectorSpecies<Double> float64,
    VectorSpecies<Long> int64,
    VectorSpecies<Float> float32,
    VectorSpecies<Integer> int32,
    VectorSpecies<Float> halfFloat32,
    VectorSpecies<Integer> halfInt32) {

  /** Kernels keep at most 512 bits in a vector; wider machines are used by halves. */
  private static final int WIDEST = 512;

  /** The species of a width of 128, 256 or 512 bits. */
  public static Lanes ofBits(int bits) {
    if (bits != 128 && bits != 256 && bits != 512) {
      throw new IllegalArgumentException("lanes of " + bits + " bits; allowed are 128, 256, 512");
    }
    VectorShape shape = VectorShape.forBitSize(bits);
    VectorShape half = VectorShape.forBitSize(bits / 2);
    return new Lanes(
        bits,
        VectorSpecies.of(double.class, shape),
        VectorSpecies.of(long.class, shape),
        VectorSpecies.of(float.class, shape),
        VectorSpecies.of(int.class, shape),
        VectorSpecies.of(float.class, half),
        VectorSpecies.of(int.class, half));
  }

  /** The widest species that this machine is good at. */
  public static Lanes preferred() {
    int bits =
        Stream.of(
                DoubleVector.SPECIES_PREFERRED,
                LongVector.SPECIES_PREFERRED,
                FloatVector.SPECIES_PREFERRED,
                IntVector.SPECIES_PREFERRED)
            .mapToInt(VectorSpecies::vectorBitSize)
            .min()
            .orElseThrow();
    return ofBits(Math.clamp(bits, 128, WIDEST));
  }

  /** The three widths, for tests. */
  public static List<Lanes> all() {
    return List.of(ofBits(128), ofBits(256), ofBits(512));
  }
}
