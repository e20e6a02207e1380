package dev.weft.core.op;

import static dev.weft.core.op.OpBuilder.binary;
import static dev.weft.core.op.OpBuilder.unary;

/** Rows of number theory. Sizes are taken without sign, so that the smallest integer has one. */
interface IntegerOps {
  /** The sizes of a and b in CUDA C. */
  String SIZES =
      "a < 0 ? 0ull - (unsigned long long) a : a, b < 0 ? 0ull - (unsigned long long) b : b";

  ElementwiseOp GCD =
      binary("gcd")
          .integer(IntegerOps::divisor, "(long long) weft_gcd(" + SIZES + ")")
          .unsigned(IntegerOps::unsignedDivisor, "weft_gcd(a, b)")
          .doc("greatest common divisor of a and b, not negative; 0 of zeros")
          .cudaHelper(
              """
              __device__ unsigned long long weft_gcd(unsigned long long x, unsigned long long y) {
                while (y != 0) {
                  unsigned long long rest = x % y;
                  x = y;
                  y = rest;
                }
                return x;
              }
              """)
          .cost(100)
          .define();

  ElementwiseOp LCM =
      binary("lcm")
          .integer(IntegerOps::multiple, "(long long) weft_lcm(" + SIZES + ")")
          .unsigned(IntegerOps::unsignedMultiple, "weft_lcm(a, b)")
          .doc("least common multiple of a and b, not negative; 0 if one is 0")
          .cudaHelper(
              """
              __device__ unsigned long long weft_lcm(unsigned long long x, unsigned long long y) {
                unsigned long long p = x, q = y;
                while (q != 0) {
                  unsigned long long rest = p % q;
                  p = q;
                  q = rest;
                }
                return p == 0 ? 0 : x / p * y;
              }
              """)
          .cost(100)
          .define();

  ElementwiseOp BIT_COUNT =
      unary("bit_count")
          .integer(
              a -> Long.bitCount(Math.abs(a)),
              "__popcll(a < 0 ? 0ull - (unsigned long long) a : a)")
          .unsigned(Long::bitCount, "__popcll(a)")
          .types(TypeRule.NUMERIC)
          .doc("number of bits set in the size of a")
          .internal()
          .define();

  private static long divisor(long a, long b) {
    return unsignedDivisor(Math.abs(a), Math.abs(b));
  }

  private static long unsignedDivisor(long a, long b) {
    long x = a;
    long y = b;
    while (y != 0) {
      long rest = Long.remainderUnsigned(x, y);
      x = y;
      y = rest;
    }
    return x;
  }

  private static long multiple(long a, long b) {
    return unsignedMultiple(Math.abs(a), Math.abs(b));
  }

  private static long unsignedMultiple(long a, long b) {
    long divisor = unsignedDivisor(a, b);
    return divisor == 0 ? 0 : Long.divideUnsigned(a, divisor) * b;
  }
}
