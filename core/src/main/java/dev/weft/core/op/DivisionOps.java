package dev.weft.core.op;

import static dev.weft.core.op.OpBuilder.binary;

/**
 * Rows for quotients and remainders. Integer division by zero gives 0, and the smallest integer
 * divided by -1 wraps around, as in NumPy. The exact floating remainder has no vector form.
 */
interface DivisionOps {
  ElementwiseOp DIVIDE =
      binary("divide")
          .floating((a, b) -> a / b, "a / b")
          .types(TypeRule.DIVISION)
          .doc("a / b, true division")
          .alias("true_divide")
          .vector("DIV")
          .cost(4)
          .define();

  ElementwiseOp FLOOR_DIVIDE =
      binary("floor_divide")
          .integer((a, b) -> b == 0 ? 0 : Math.floorDiv(a, b), "weft_floor_divide(a, b)")
          .unsigned((a, b) -> b == 0 ? 0 : Long.divideUnsigned(a, b), "b == 0 ? 0 : a / b")
          .floating(DivisionOps::floorDivide, "weft_floor_divide(a, b)")
          .float32(
              (a, b) -> floorDivide((float) a, (float) b),
              "weft_floor_divide((float) a, (float) b)")
          .types(TypeRule.NUMERIC)
          .doc("largest whole number not above a / b; 0 for an integer b of 0")
          .cudaHelper(
              """
              __device__ long long weft_floor_divide(long long a, long long b) {
                if (b == 0) return 0;
                if (b == -1) return (long long) (0ull - (unsigned long long) a);
                long long q = a / b;
                return q * b != a && (a < 0) != (b < 0) ? q - 1 : q;
              }
              template <typename T> __device__ T weft_float_floor_divide(T a, T b) {
                if (b == 0) return a / b;
                T mod = fmod(a, b);
                T div = (a - mod) / b;
                if (mod != 0 && (b < 0) != (mod < 0)) div -= 1;
                if (div == 0) return copysign((T) 0, a / b);
                T whole = floor(div);
                return div - whole > (T) 0.5 ? whole + 1 : whole;
              }
              __device__ double weft_floor_divide(double a, double b) {
                return weft_float_floor_divide<double>(a, b);
              }
              __device__ float weft_floor_divide(float a, float b) {
                return weft_float_floor_divide<float>(a, b);
              }
              """)
          .cost(20)
          .define();

  ElementwiseOp REMAINDER =
      binary("remainder")
          .integer((a, b) -> b == 0 ? 0 : Math.floorMod(a, b), "weft_remainder(a, b)")
          .unsigned(DivisionOps::unsignedRemainder, "b == 0 ? 0 : a % b")
          .floating(DivisionOps::remainder, "weft_remainder(a, b)")
          .types(TypeRule.NUMERIC)
          .doc("a - b * floor(a / b), with the sign of b; 0 for an integer b of 0")
          .alias("mod")
          .cudaHelper(
              """
              __device__ long long weft_remainder(long long a, long long b) {
                if (b == 0 || b == -1) return 0;
                long long r = a % b;
                return r != 0 && (r < 0) != (b < 0) ? r + b : r;
              }
              template <typename T> __device__ T weft_float_remainder(T a, T b) {
                T r = fmod(a, b);
                if (b == 0) return r;
                if (r == 0) return copysign((T) 0, b);
                return (b < 0) != (r < 0) ? r + b : r;
              }
              __device__ double weft_remainder(double a, double b) {
                return weft_float_remainder<double>(a, b);
              }
              __device__ float weft_remainder(float a, float b) {
                return weft_float_remainder<float>(a, b);
              }
              """)
          .cost(20)
          .define();

  ElementwiseOp FMOD =
      binary("fmod")
          .integer((a, b) -> b == 0 ? 0 : a % b, "b == 0 || b == -1 ? 0 : a % b")
          .unsigned(DivisionOps::unsignedRemainder, "b == 0 ? 0 : a % b")
          .floating((a, b) -> a % b, "fmod(a, b)")
          .types(TypeRule.NUMERIC)
          .doc("a - b * trunc(a / b), with the sign of a; 0 for an integer b of 0")
          .cost(20)
          .define();

  /** NumPy's {@code npy_divmod}: the quotient that belongs to the exact remainder. */
  private static double floorDivide(double a, double b) {
    if (b == 0) {
      return a / b;
    }
    double mod = a % b;
    double div = (a - mod) / b;
    if (mod != 0 && (b < 0) != (mod < 0)) {
      div -= 1;
    }
    if (div == 0) {
      return Math.copySign(0, a / b);
    }
    double whole = Math.floor(div);
    return div - whole > 0.5 ? whole + 1 : whole;
  }

  /** As for double; every step is rounded to float32. */
  private static float floorDivide(float a, float b) {
    if (b == 0) {
      return a / b;
    }
    float mod = a % b;
    float div = (a - mod) / b;
    if (mod != 0 && (b < 0) != (mod < 0)) {
      div -= 1;
    }
    if (div == 0) {
      return Math.copySign(0f, a / b);
    }
    float whole = (float) Math.floor(div);
    return div - whole > 0.5f ? whole + 1 : whole;
  }

  private static long unsignedRemainder(long a, long b) {
    return b == 0 ? 0 : Long.remainderUnsigned(a, b);
  }

  private static double remainder(double a, double b) {
    double mod = a % b;
    if (b == 0) {
      return mod;
    }
    if (mod == 0) {
      return Math.copySign(0, b);
    }
    return (b < 0) != (mod < 0) ? mod + b : mod;
  }
}
