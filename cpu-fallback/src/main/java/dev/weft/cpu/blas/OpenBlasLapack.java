package dev.weft.cpu.blas;

import dev.weft.core.dtype.DType;
import dev.weft.core.linalg.Lapack;
import java.lang.foreign.MemorySegment;

/** The LAPACK of OpenBLAS, on matrices that lie column by column. */
public final class OpenBlasLapack implements Lapack {
  private final OpenBlas library;
  private final LapackFunction getrf;
  private final LapackFunction getrs;
  private final LapackFunction potrf;
  private final LapackFunction trtrs;
  private final LapackFunction geqrf;
  private final LapackFunction orgqr;
  private final LapackSvd svd;
  private final LapackEigen eigen;

  /**
   * The LAPACK of a library.
   *
   * @throws IllegalArgumentException when it lacks one
   */
  public OpenBlasLapack(OpenBlas library) {
    this.library = library;
    getrf = LapackFunction.ofAll(library, "getrf", "iipip");
    getrs = LapackFunction.ofAll(library, "getrs", "ciipippi");
    potrf = LapackFunction.ofAll(library, "potrf", "cipi");
    trtrs = LapackFunction.ofAll(library, "trtrs", "ccciipipi");
    geqrf = LapackFunction.ofAll(library, "geqrf", "iipippi");
    orgqr = LapackFunction.of(library, "orgqr", "iiipippi", "ungqr", "iiipippi");
    svd = new LapackSvd(library);
    eigen = new LapackEigen(library);
  }

  @Override
  public String describe() {
    return library.describe();
  }

  @Override
  public void withThreads(int threads, Runnable calls) {
    library.withThreads(threads, calls);
  }

  @Override
  public int lu(DType dtype, int m, int n, MemorySegment a, MemorySegment pivots) {
    return getrf.call(dtype, m, n, a.address(), Work.stored(m), pivots.address());
  }

  @Override
  public int luSolve(
      DType dtype, int n, int columns, MemorySegment lu, MemorySegment pivots, MemorySegment b) {
    int stored = Work.stored(n);
    return getrs.call(
        dtype, (byte) 'N', n, columns, lu.address(), stored, pivots.address(), b.address(), stored);
  }

  @Override
  public int cholesky(DType dtype, boolean upper, int n, MemorySegment a) {
    return potrf.call(dtype, Work.letter(upper, 'U', 'L'), n, a.address(), Work.stored(n));
  }

  @Override
  public int triangular(
      DType dtype,
      boolean upper,
      boolean transposed,
      boolean unit,
      int n,
      int columns,
      MemorySegment a,
      MemorySegment b) {
    return trtrs.call(
        dtype,
        Work.letter(upper, 'U', 'L'),
        Work.letter(transposed, 'T', 'N'),
        Work.letter(unit, 'U', 'N'),
        n,
        columns,
        a.address(),
        Work.stored(n),
        b.address(),
        Work.stored(n));
  }

  @Override
  public long qrWork(DType dtype, int m, int n, int columns) {
    return Math.max(
        Work.wanted(
            dtype, (own, asked) -> geqrf.call(dtype, m, n, own, Work.stored(m), own, own, asked)),
        Work.wanted(
            dtype,
            (own, asked) ->
                orgqr.call(
                    dtype,
                    m,
                    columns,
                    Math.min(n, columns),
                    own,
                    Work.stored(m),
                    own,
                    own,
                    asked)));
  }

  @Override
  public int qr(
      DType dtype, int m, int n, MemorySegment a, MemorySegment factors, MemorySegment work) {
    return geqrf.call(
        dtype,
        m,
        n,
        a.address(),
        Work.stored(m),
        factors.address(),
        work.address(),
        Work.length(dtype, work));
  }

  @Override
  public int q(
      DType dtype,
      int m,
      int columns,
      int reflections,
      MemorySegment a,
      MemorySegment factors,
      MemorySegment work) {
    return orgqr.call(
        dtype,
        m,
        columns,
        reflections,
        a.address(),
        Work.stored(m),
        factors.address(),
        work.address(),
        Work.length(dtype, work));
  }

  @Override
  public long svdWork(DType dtype, Vectors vectors, int m, int n) {
    return svd.work(dtype, vectors, m, n);
  }

  @Override
  public int svd(
      DType dtype,
      Vectors vectors,
      int m,
      int n,
      MemorySegment a,
      MemorySegment s,
      MemorySegment u,
      MemorySegment vt,
      MemorySegment work) {
    return svd.run(dtype, vectors, m, n, a, s, u, vt, work);
  }

  @Override
  public long eighWork(DType dtype, boolean vectors, int n) {
    return eigen.symmetricWork(dtype, vectors, n);
  }

  @Override
  public int eigh(
      DType dtype,
      boolean vectors,
      boolean upper,
      int n,
      MemorySegment a,
      MemorySegment w,
      MemorySegment work) {
    return eigen.symmetric(dtype, vectors, upper, n, a, w, work);
  }

  @Override
  public long eigWork(DType dtype, boolean vectors, int n) {
    return eigen.generalWork(dtype, vectors, n);
  }

  @Override
  public int eig(
      DType dtype,
      boolean vectors,
      int n,
      MemorySegment a,
      MemorySegment w,
      MemorySegment v,
      MemorySegment work) {
    return eigen.general(dtype, vectors, n, a, w, v, work);
  }
}
