package dev.weft.core.reference;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.kernel.Param.Distribution;

/**
 * One element of a random array: a function of seed, stream and element number only. Words come
 * from the counter generator Philox4x32-10 (Salmon et al., 2011) with key (low seed, high seed) and
 * counter (low n, high n, low stream, high stream):
 *
 * <pre>
 * 64-bit draws   group g has 128 elements:  element j       words 0, 1 of counter 64 g + j
 *                (0 <= j < 64)              element 64 + j  words 2, 3 of counter 64 g + j
 * 32-bit draws   group g has 256 elements:  element 64 k + j  word k of counter 64 g + j
 * </pre>
 */
final class RandomElement {
  private static final long LOW = 0xFFFFFFFFL;

  private RandomElement() {}

  static Scalar of(Distribution distribution, DType dtype, long seed, long stream, long element) {
    return switch (distribution) {
      case BITS -> new Scalar(dtype, dtype.wrap(word64(seed, stream, element)), 0);
      case UNIFORM ->
          dtype == DType.FLOAT32
              ? new Scalar(dtype, 0, (word32(seed, stream, element) >>> 8) * 0x1p-24)
              : new Scalar(dtype, 0, uniform(word64(seed, stream, element)));
      case NORMAL -> {
        double normal = normal(seed, stream, element);
        yield new Scalar(dtype, 0, dtype == DType.FLOAT32 ? (float) normal : normal);
      }
    };
  }

  private static double uniform(long word) {
    return (word >>> 11) * 0x1p-53;
  }

  /** Of a pair of elements that share a counter, the first is the cosine, the second the sine. */
  private static double normal(long seed, long stream, long element) {
    long counter = element / 128 * 64 + element % 64;
    double u = uniform(words(seed, stream, counter, 0));
    double v = uniform(words(seed, stream, counter, 1));
    return ReferenceBoxMuller.radius(u)
        * (element % 128 < 64 ? ReferenceBoxMuller.cosTurns(v) : ReferenceBoxMuller.sinTurns(v));
  }

  private static long word64(long seed, long stream, long element) {
    return words(seed, stream, element / 128 * 64 + element % 64, (int) (element % 128 / 64));
  }

  private static long word32(long seed, long stream, long element) {
    long k = element % 256 / 64;
    long pair = words(seed, stream, element / 256 * 64 + element % 64, (int) (k / 2));
    return k % 2 == 0 ? pair & LOW : pair >>> 32;
  }

  /** Words 0 and 1 of a counter if {@code half} is 0, words 2 and 3 if it is 1; low half first. */
  private static long words(long seed, long stream, long counter, int half) {
    long c0 = counter & LOW;
    long c1 = counter >>> 32;
    long c2 = stream & LOW;
    long c3 = stream >>> 32;
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = 0xD2511F53L * c0;
      long p1 = 0xCD9E8D57L * c2;
      c0 = (p1 >>> 32 ^ c1 ^ k0) & LOW;
      c1 = p1 & LOW;
      c2 = (p0 >>> 32 ^ c3 ^ k1) & LOW;
      c3 = p0 & LOW;
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    return half == 0 ? c0 | c1 << 32 : c2 | c3 << 32;
  }
}
