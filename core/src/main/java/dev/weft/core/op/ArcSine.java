package dev.weft.core.op;

/**
 * The arcsine as fdlibm has it, whose port to Java is {@code Math.asin}: the same additions,
 * products, quotients and roots in the same order, each rounded by itself, so that a GPU gives the
 * bits of the JVM. CUDA's own was 2 ulp off at -0.6096062125921291.
 *
 * <p>Up to 0.5 it is {@code a + a R(a^2)} with a rational R; beyond, by way of {@code asin(a) =
 * pi/2 - 2 asin(sqrt((1 - a) / 2))}, with the root in two parts.
 */
final class ArcSine {
  static final String CUDA =
      """
      __device__ double weft_asin_ratio(double t) {
        double p = t * (0x1.5555555555555p-3 + t * (-0x1.4d61203eb6f7dp-2 + t * (0x1.9c1550e884455p-3
            + t * (-0x1.48228b5688f3bp-5 + t * (0x1.9efe07501b288p-11 + t * 0x1.23de10dfdf709p-15)))));
        double q = 1.0 + t * (-0x1.33a271c8a2d4bp1 + t * (0x1.02ae59c598ac8p1
            + t * (-0x1.6066c1b8d0159p-1 + t * 0x1.3b8c5b12e9282p-4)));
        return p / q;
      }
      __device__ double weft_asin(double a) {
        const double half_pi = 0x1.921fb54442d18p0, half_pi_rest = 0x1.1a62633145c07p-54;
        double x = fabs(a);
        if (!(x < 1.0)) return x == 1.0 ? a * half_pi + a * half_pi_rest : (a - a) / (a - a);
        if (x < 0x1p-27) return a;
        if (x < 0.5) return a + a * weft_asin_ratio(a * a);
        double t = (1.0 - x) * 0.5;
        double r = weft_asin_ratio(t);
        double s = sqrt(t);
        // The words of fdlibm are the upper halves of numbers.
        if (__double_as_longlong(x) >> 32 >= 0x3fef3333) {
          t = half_pi - (2.0 * (s + s * r) - half_pi_rest);
        } else {
          double w = __longlong_as_double(__double_as_longlong(s) & (long long) 0xffffffff00000000ull);
          double c = (t - w * w) / (s + w);
          double p = 2.0 * s * r - (half_pi_rest - 2.0 * c);
          double q = 0x1.921fb54442d18p-1 - 2.0 * w;
          t = 0x1.921fb54442d18p-1 - (p - q);
        }
        return a > 0 ? t : -t;
      }
      """;

  private ArcSine() {}
}
