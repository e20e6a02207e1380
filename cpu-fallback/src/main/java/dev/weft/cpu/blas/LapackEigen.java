package dev.weft.cpu.blas;

import static dev.weft.cpu.blas.Work.aligned;
import static dev.weft.cpu.blas.Work.letter;
import static dev.weft.cpu.blas.Work.stored;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;

/** Eigenvalues. Work has integers first, then reals where numbers are complex, then numbers. */
final class LapackEigen {
  private final LapackFunction syevd;
  private final LapackFunction geev;

  LapackEigen(OpenBlas library) {
    syevd = LapackFunction.of(library, "syevd", "ccipippipi", "heevd", "ccipippipipi");
    geev = LapackFunction.of(library, "geev", "ccipipppipipi", "geev", "ccipippipipip");
  }

  /** As LAPACK says of syevd. */
  private static int integers(boolean vectors, int n) {
    return vectors ? 3 + 5 * n : 1;
  }

  private static int reals(DType dtype, boolean vectors, int n) {
    return !dtype.isComplex() ? 0 : vectors ? 1 + n * (5 + 2 * n) : Math.max(1, n);
  }

  long symmetricWork(DType dtype, boolean vectors, int n) {
    return aligned((long) integers(vectors, n) * Integer.BYTES)
        + aligned((long) reals(dtype, vectors, n) * dtype.part().itemSize())
        + Work.wanted(
            dtype,
            (own, asked) ->
                call(
                    dtype, vectors, false, n, own, own, own, asked, own + 8, asked, own + 8,
                    asked));
  }

  int symmetric(
      DType dtype,
      boolean vectors,
      boolean upper,
      int n,
      MemorySegment a,
      MemorySegment w,
      MemorySegment work) {
    int integers = integers(vectors, n);
    int real = reals(dtype, vectors, n);
    MemorySegment reals = work.asSlice(aligned((long) integers * Integer.BYTES));
    MemorySegment numbers = reals.asSlice(aligned((long) real * dtype.part().itemSize()));
    return call(
        dtype,
        vectors,
        upper,
        n,
        a.address(),
        w.address(),
        numbers.address(),
        Work.length(dtype, numbers),
        reals.address(),
        real,
        work.address(),
        integers);
  }

  private int call(
      DType dtype,
      boolean vectors,
      boolean upper,
      int n,
      long a,
      long w,
      long work,
      int length,
      long reals,
      int real,
      long integers,
      int integer) {
    byte job = letter(vectors, 'V', 'N');
    byte half = letter(upper, 'U', 'L');
    int stored = stored(n);
    return dtype.isComplex()
        ? syevd.outcome(
            dtype, job, half, n, a, stored, w, work, length, reals, real, integers, integer)
        : syevd.outcome(dtype, job, half, n, a, stored, w, work, length, integers, integer);
  }

  private static long realsOfGeneral(DType dtype, int n) {
    return dtype.isComplex() ? aligned(2L * n * dtype.part().itemSize()) : 0;
  }

  long generalWork(DType dtype, boolean vectors, int n) {
    return realsOfGeneral(dtype, n)
        + Work.wanted(
            dtype, (own, asked) -> call(dtype, vectors, n, own, own, own, own, asked, own));
  }

  int general(
      DType dtype,
      boolean vectors,
      int n,
      MemorySegment a,
      MemorySegment w,
      MemorySegment v,
      MemorySegment work) {
    MemorySegment numbers = work.asSlice(realsOfGeneral(dtype, n));
    return call(
        dtype,
        vectors,
        n,
        a.address(),
        w.address(),
        v.address(),
        numbers.address(),
        Work.length(dtype, numbers),
        work.address());
  }

  /** Left vectors are not asked for; nothing is written where they would be. */
  private int call(
      DType dtype,
      boolean vectors,
      int n,
      long a,
      long w,
      long v,
      long work,
      int length,
      long reals) {
    byte none = 'N';
    byte job = letter(vectors, 'V', 'N');
    int stored = stored(n);
    long imaginary = w + (long) n * dtype.itemSize();
    return dtype.isComplex()
        ? geev.outcome(dtype, none, job, n, a, stored, w, v, stored, v, stored, work, length, reals)
        : geev.outcome(
            dtype, none, job, n, a, stored, w, imaginary, v, stored, v, stored, work, length);
  }
}
