#ifndef WEFT_RANDOM
#define WEFT_RANDOM
// The counter generator Philox4x32-10 (Salmon et al., 2011), key (low seed, high seed), counter (low n, high n,
// low stream, high stream):
//
//   64-bit draws   group g has 128 elements:  element j         words 0, 1 of counter 64 g + j
//                  (0 <= j < 64)              element 64 + j    words 2, 3 of counter 64 g + j
//   32-bit draws   group g has 256 elements:  element 64 k + j  word k of counter 64 g + j

struct weft_random_bits {
  unsigned long long low, high;
};

__device__ inline weft_random_bits weft_philox(long long seed, long long stream, long long counter) {
  unsigned int c0 = (unsigned int) counter, c1 = (unsigned int) (counter >> 32);
  unsigned int c2 = (unsigned int) stream, c3 = (unsigned int) (stream >> 32);
  unsigned int k0 = (unsigned int) seed, k1 = (unsigned int) (seed >> 32);
#pragma unroll
  for (int round = 0; round < 10; round++) {
    const unsigned long long p0 = 0xD2511F53ull * c0;
    const unsigned long long p1 = 0xCD9E8D57ull * c2;
    c0 = (unsigned int) (p1 >> 32) ^ c1 ^ k0;
    c1 = (unsigned int) p1;
    c2 = (unsigned int) (p0 >> 32) ^ c3 ^ k1;
    c3 = (unsigned int) p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  weft_random_bits words;
  words.low = c0 | (unsigned long long) c1 << 32;
  words.high = c2 | (unsigned long long) c3 << 32;
  return words;
}

__device__ __forceinline__ double weft_uniform(unsigned long long word) {
  return (double) (long long) (word >> 11) * 1.1102230246251565e-16;  // 2^-53
}

__device__ __forceinline__ unsigned long long weft_word64(
    long long seed, long long stream, long long element) {
  const weft_random_bits words = weft_philox(seed, stream, element / 128 * 64 + element % 64);
  return element % 128 < 64 ? words.low : words.high;
}

__device__ __forceinline__ unsigned int weft_word32(
    long long seed, long long stream, long long element) {
  const weft_random_bits words = weft_philox(seed, stream, element / 256 * 64 + element % 64);
  const int k = (int) (element % 256 / 64);
  const unsigned long long pair = k < 2 ? words.low : words.high;
  return (unsigned int) (k % 2 == 0 ? pair : pair >> 32);
}

__device__ inline long long weft_bits_int64(long long seed, long long stream, long long element) {
  return (long long) weft_word64(seed, stream, element);
}

__device__ inline double weft_uniform_float64(long long seed, long long stream, long long element) {
  return weft_uniform(weft_word64(seed, stream, element));
}

__device__ inline float weft_uniform_float32(long long seed, long long stream, long long element) {
  return (float) (weft_word32(seed, stream, element) >> 8) * 5.9604644775390625e-8f;  // 2^-24
}

// Standard normal numbers in pairs by Box and Muller: r = sqrt(-2 log(1 - u)), then r cos(2 pi v) and r sin(2 pi v).
// Exactly rounded operations only, in the order in which the reference device has them, so that the bits are the
// same. The polynomials are those of fdlibm 5.3.

// The logarithm of a positive normal number, to one ulp.
__device__ inline double weft_normal_log(double x) {
  const long long one = 0x3FF0000000000000ll;
  const long long bits = __double_as_longlong(x);
  const long long shifted = bits + (one - 0x3FE6A09E667F3BCDll);
  const double k =
      __longlong_as_double((long long) ((unsigned long long) shifted >> 52 | 0x4330000000000000ull))
      - (4503599627370496.0 + 1023.0);
  const double f =
      __longlong_as_double(bits - (shifted & (long long) 0xFFF0000000000000ull) + one) - 1.0;
  const double h = f * 0.5 * f;
  const double s = f / (f + 2.0);
  const double z = s * s;
  const double w = z * z;
  const double even =
      fma(fma(1.531383769920937332e-01, w, 2.222219843214978396e-01), w, 3.999999999940941908e-01)
      * w;
  const double odd =
      fma(fma(fma(1.479819860511658591e-01, w, 1.818357216161805012e-01), w,
              2.857142874366239149e-01),
          w, 6.666666666666735130e-01)
      * z;
  const double tail = fma(k, 1.90821492927058770002e-10, s * (h + (even + odd)));
  return k * 6.93147180369123816490e-01 - (h - tail - f);
}

// The cosine of x + low, which is at most a quarter of pi.
__device__ inline double weft_normal_cosine(double x, double low) {
  const double z = x * x;
  const double p =
      fma(fma(fma(fma(fma(-1.13596475577881948265e-11, z, 2.08757232129817482790e-09), z,
                      -2.75573143513906633035e-07),
                  z, 2.48015872894767294178e-05),
              z, -1.38888888888741095749e-03),
          z, 4.16666666666666019037e-02);
  const double h = z * 0.5;
  const double w = 1.0 - h;
  return w + (1.0 - w - h + (p * z * z - x * low));
}

// And the sine.
__device__ inline double weft_normal_sine(double x, double low) {
  const double z = x * x;
  const double p =
      fma(fma(fma(fma(1.58969099521155010221e-10, z, -2.50507602534068634195e-08), z,
                  2.75573137070700676789e-06),
              z, -1.98412698298579493134e-04),
          z, 8.33333333332248946124e-03);
  const double xz = x * z;
  return x - (fma(z, low * 0.5 - xz * p, -low) - xz * -1.66666666666666324348e-01);
}

// Negative in the third and fourth quarter.
__device__ __forceinline__ double weft_normal_signed(double x, long long quarter) {
  return __longlong_as_double(
      __double_as_longlong(x) ^ (long long) ((unsigned long long) (quarter & 2) << 62));
}

// The two normal numbers of a counter: of elements j and 64 + j.
struct weft_normal_pair {
  double first, second;
};

__device__ inline weft_normal_pair weft_normals(long long seed, long long stream, long long counter) {
  const weft_random_bits words = weft_philox(seed, stream, counter);
  const double radius = sqrt(-2.0 * weft_normal_log(1.0 - weft_uniform(words.low)));
  // The angle is given in turns within [0, 1): the nearest quarter q, and f quarters on.
  const double rounder = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to a whole number
  const double t = weft_uniform(words.high) * 4.0;
  const double rounded = t + rounder;
  const long long q = __double_as_longlong(rounded);
  const double f = t - (rounded - rounder);
  const double half_pi = 1.57079632679489655800e+00;
  const double x = f * half_pi;
  const double low = fma(f, 6.12323399573676603587e-17, fma(f, half_pi, -x));
  const double sine = weft_normal_sine(x, low), cosine = weft_normal_cosine(x, low);
  // Odd quarters swap the two; both are negative in two quarters of four.
  const bool odd = (q & 1) != 0;
  weft_normal_pair pair;
  pair.first = radius * weft_normal_signed(odd ? sine : cosine, q + 1);
  pair.second = radius * weft_normal_signed(odd ? cosine : sine, q);
  return pair;
}

// Gives normal numbers of elements that come in turn. An element and the one 64 before it are computed together where
// they have a counter in common.
struct weft_normal_source {
  long long counter;
  weft_normal_pair pair;

  __device__ __forceinline__ weft_normal_source() : counter(-1) {}
  __device__ __forceinline__ double next(long long seed, long long stream, long long element) {
    const long long wanted = element / 128 * 64 + element % 64;
    if (wanted != counter) {
      counter = wanted;
      pair = weft_normals(seed, stream, wanted);
    }
    return element % 128 < 64 ? pair.first : pair.second;
  }
};

__device__ inline double weft_normal_float64(long long seed, long long stream, long long element) {
  weft_normal_source source;
  return source.next(seed, stream, element);
}

__device__ inline float weft_normal_float32(long long seed, long long stream, long long element) {
  return (float) weft_normal_float64(seed, stream, element);
}

#endif
