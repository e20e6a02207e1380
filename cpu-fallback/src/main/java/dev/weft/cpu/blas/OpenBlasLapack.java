package dev.weft.cpu.blas;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.weft.core.dtype.DType;
import dev.weft.core.linalg.Lapack;
import java.lang.foreign.Arena;
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
  private final LapackFunction gesdd;
  private final LapackFunction syevd;

  /**
   * The LAPACK of a library.
   *
   * @throws IllegalArgumentException when it lacks one
   */
  public OpenBlasLapack(OpenBlas library) {
    this.library = library;
    getrf = new LapackFunction(library, "getrf", "iipip");
    getrs = new LapackFunction(library, "getrs", "ciipippi");
    potrf = new LapackFunction(library, "potrf", "cipi");
    trtrs = new LapackFunction(library, "trtrs", "ccciipipi");
    geqrf = new LapackFunction(library, "geqrf", "iipippi");
    orgqr = new LapackFunction(library, "orgqr", "iiipippi");
    gesdd = new LapackFunction(library, "gesdd", "ciipippipipip");
    syevd = new LapackFunction(library, "syevd", "ccipippipi");
  }

  @Override
  public String describe() {
    return library.describe();
  }

  @Override
  public void withThreads(int threads, Runnable calls) {
    library.withThreads(threads, calls);
  }

  private static byte letter(boolean first, char yes, char no) {
    return (byte) (first ? yes : no);
  }

  /** Elements from one column to the next. */
  private static int stored(int rows) {
    return Math.max(1, rows);
  }

  @Override
  public int lu(DType dtype, int m, int n, MemorySegment a, MemorySegment pivots) {
    return getrf.call(dtype, m, n, a.address(), stored(m), pivots.address());
  }

  @Override
  public int luSolve(
      DType dtype, int n, int columns, MemorySegment lu, MemorySegment pivots, MemorySegment b) {
    int stored = stored(n);
    return getrs.call(
        dtype, (byte) 'N', n, columns, lu.address(), stored, pivots.address(), b.address(), stored);
  }

  @Override
  public int cholesky(DType dtype, boolean upper, int n, MemorySegment a) {
    return potrf.call(dtype, letter(upper, 'U', 'L'), n, a.address(), stored(n));
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
        letter(upper, 'U', 'L'),
        letter(transposed, 'T', 'N'),
        letter(unit, 'U', 'N'),
        n,
        columns,
        a.address(),
        stored(n),
        b.address(),
        stored(n));
  }

  @Override
  public long qrWork(DType dtype, int m, int n, int columns) {
    return Math.max(
        wanted(dtype, (own, asked) -> geqrf.call(dtype, m, n, own, stored(m), own, own, asked)),
        wanted(
            dtype,
            (own, asked) ->
                orgqr.call(
                    dtype, m, columns, Math.min(n, columns), own, stored(m), own, own, asked)));
  }

  @Override
  public int qr(
      DType dtype, int m, int n, MemorySegment a, MemorySegment factors, MemorySegment work) {
    return geqrf.call(
        dtype,
        m,
        n,
        a.address(),
        stored(m),
        factors.address(),
        work.address(),
        length(dtype, work));
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
        stored(m),
        factors.address(),
        work.address(),
        length(dtype, work));
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

  private static long svdIntegers(int m, int n) {
    return 8L * Math.min(m, n) * Integer.BYTES;
  }

  @Override
  public long svdWork(DType dtype, Vectors vectors, int m, int n) {
    return svdIntegers(m, n)
        + wanted(
            dtype,
            (own, asked) ->
                gesdd.call(
                    dtype,
                    letter(vectors),
                    m,
                    n,
                    own,
                    stored(m),
                    own,
                    own,
                    stored(m),
                    own,
                    right(vectors, m, n),
                    own,
                    asked,
                    own));
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
    MemorySegment floats = work.asSlice(svdIntegers(m, n));
    return gesdd.outcome(
        dtype,
        letter(vectors),
        m,
        n,
        a.address(),
        stored(m),
        s.address(),
        u.address(),
        stored(m),
        vt.address(),
        right(vectors, m, n),
        floats.address(),
        length(dtype, floats),
        work.address());
  }

  /** As LAPACK says of syevd; a multiple of 8 bytes. */
  private static long eighIntegers(boolean vectors, int n) {
    return vectors ? (3 + 5L * n + 1) / 2 * 2 * Integer.BYTES : 2 * Integer.BYTES;
  }

  @Override
  public long eighWork(DType dtype, boolean vectors, int n) {
    return eighIntegers(vectors, n)
        + wanted(
            dtype,
            (own, asked) ->
                syevd.call(
                    dtype,
                    letter(vectors, 'V', 'N'),
                    (byte) 'L',
                    n,
                    own,
                    stored(n),
                    own,
                    own,
                    asked,
                    own + Double.BYTES,
                    asked));
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
    MemorySegment floats = work.asSlice(eighIntegers(vectors, n));
    return syevd.call(
        dtype,
        letter(vectors, 'V', 'N'),
        letter(upper, 'U', 'L'),
        n,
        a.address(),
        stored(n),
        w.address(),
        floats.address(),
        length(dtype, floats),
        work.address(),
        (int) (eighIntegers(vectors, n) / Integer.BYTES));
  }

  private static int length(DType dtype, MemorySegment work) {
    return Math.clamp(work.byteSize() / dtype.itemSize(), 0, Integer.MAX_VALUE);
  }

  /** A call that only asks how much work it wants. */
  @FunctionalInterface
  private interface Question {
    /**
     * Asks.
     *
     * @param own a piece of memory where the answer is written
     * @param asked what makes it a question
     */
    int ask(long own, int asked);
  }

  private static long wanted(DType dtype, Question question) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment answer = arena.allocate(2 * Double.BYTES, Double.BYTES);
      question.ask(answer.address(), -1);
      double length =
          dtype == DType.FLOAT32 ? answer.get(JAVA_FLOAT, 0) : answer.get(JAVA_DOUBLE, 0);
      // Room for a length that was rounded down on its way through a float32.
      return (long) Math.ceil(length * (1 + 0x1p-23) + 1) * dtype.itemSize();
    }
  }
}
