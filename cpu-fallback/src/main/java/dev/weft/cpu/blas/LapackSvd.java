package dev.weft.cpu.blas;

import static dev.weft.cpu.blas.Work.aligned;
import static dev.weft.cpu.blas.Work.stored;

import dev.weft.core.dtype.DType;
import dev.weft.core.linalg.Lapack.Vectors;
import java.lang.foreign.MemorySegment;

/** Singular values. Work has integers first, then reals where numbers are complex, then numbers. */
final class LapackSvd {
  private final LapackFunction gesdd;

  LapackSvd(OpenBlas library) {
    gesdd = LapackFunction.of(library, "gesdd", "ciipippipipip", "gesdd", "ciipippipipipp");
  }

  private static byte letter(Vectors vectors) {
    return switch (vectors) {
      case NONE -> 'N';
      case REDUCED -> 'S';
      case FULL -> 'A';
    };
  }

  /** Rows of the right vectors. */
  private static int right(Vectors vectors, int m, int n) {
    return stored(vectors == Vectors.FULL ? n : Math.min(m, n));
  }

  private static long integers(int m, int n) {
    return aligned(8L * Math.min(m, n) * Integer.BYTES);
  }

  /** As LAPACK says of complex gesdd. */
  private static long reals(DType dtype, Vectors vectors, int m, int n) {
    if (!dtype.isComplex()) {
      return 0;
    }
    long less = Math.min(m, n);
    long more = Math.max(m, n);
    long count =
        vectors == Vectors.NONE ? 7 * less : less * Math.max(5 * less + 7, 2 * more + 2 * less + 1);
    return aligned(count * dtype.part().itemSize());
  }

  long work(DType dtype, Vectors vectors, int m, int n) {
    return integers(m, n)
        + reals(dtype, vectors, m, n)
        + Work.wanted(
            dtype,
            (own, asked) -> call(dtype, vectors, m, n, own, own, own, own, own, asked, own, own));
  }

  int run(
      DType dtype,
      Vectors vectors,
      int m,
      int n,
      MemorySegment a,
      MemorySegment s,
      MemorySegment u,
      MemorySegment vt,
      MemorySegment work) {
    MemorySegment reals = work.asSlice(integers(m, n));
    MemorySegment numbers = reals.asSlice(reals(dtype, vectors, m, n));
    return call(
        dtype,
        vectors,
        m,
        n,
        a.address(),
        s.address(),
        u.address(),
        vt.address(),
        numbers.address(),
        Work.length(dtype, numbers),
        reals.address(),
        work.address());
  }

  private int call(
      DType dtype,
      Vectors vectors,
      int m,
      int n,
      long a,
      long s,
      long u,
      long vt,
      long work,
      int length,
      long reals,
      long integers) {
    byte job = letter(vectors);
    int right = right(vectors, m, n);
    int left = stored(m);
    return dtype.isComplex()
        ? gesdd.outcome(
            dtype, job, m, n, a, left, s, u, left, vt, right, work, length, reals, integers)
        : gesdd.outcome(dtype, job, m, n, a, left, s, u, left, vt, right, work, length, integers);
  }
}
