package dev.weft.core.linalg;

import dev.weft.core.dtype.DType;
import java.lang.foreign.MemorySegment;

/**
 * Routines of LAPACK over matrices of float32, float64 or their complex types that lie column by
 * column, dense, in memory outside of the Java heap. Each returns LAPACK's {@code info}: 0 when all
 * is well, positive for what the routine says of it. Safe for use by several threads, each with its
 * own memory.
 */
public interface Lapack {
  /** Which library it is. */
  String describe();

  /** Has the calls in between use several threads; meanwhile no other thread's go on. */
  void withThreads(int threads, Runnable calls);

  /**
   * {@code getrf}: rows exchanged, then a unit lower times an upper triangle, in place.
   *
   * @param pivots int32, for each of the first min(m, n) rows the one it was exchanged with, from 1
   * @return the number, from 1, of the first pivot that is 0
   */
  int lu(DType dtype, int m, int n, MemorySegment a, MemorySegment pivots);

  /** {@code getrs}: solves with what {@link #lu} has made, in place of the right sides. */
  int luSolve(
      DType dtype, int n, int columns, MemorySegment lu, MemorySegment pivots, MemorySegment b);

  /**
   * {@code potrf}: the triangle whose product with its conjugate transpose is the matrix, in place
   * of that triangle; the other one is not touched.
   *
   * @return the size of the first leading part that is not positive definite
   */
  int cholesky(DType dtype, boolean upper, int n, MemorySegment a);

  /**
   * {@code trtrs}: solves with a triangle, in place of the right sides.
   *
   * @param transposed whether with its transpose
   * @return the number, from 1, of the first element of the diagonal that is 0
   */
  int triangular(
      DType dtype,
      boolean upper,
      boolean transposed,
      boolean unit,
      int n,
      int columns,
      MemorySegment a,
      MemorySegment b);

  /** Bytes of work that {@link #qr} and {@link #q} need together. */
  long qrWork(DType dtype, int m, int n, int columns);

  /** {@code geqrf}: an upper triangle, and below it reflections with their factors, in place. */
  int qr(DType dtype, int m, int n, MemorySegment a, MemorySegment factors, MemorySegment work);

  /**
   * {@code orgqr, ungqr}: so many columns of the product of what {@link #qr} has left, in place.
   */
  int q(
      DType dtype,
      int m,
      int columns,
      int reflections,
      MemorySegment a,
      MemorySegment factors,
      MemorySegment work);

  /** Which singular vectors are wanted. */
  enum Vectors {
    NONE,
    /** As many as there are singular values. */
    REDUCED,
    /** Those of whole bases. */
    FULL
  }

  /** Bytes of work that {@link #svd} needs. */
  long svdWork(DType dtype, Vectors vectors, int m, int n);

  /**
   * {@code gesdd}: singular values, largest first, and vectors; the matrix is overwritten.
   *
   * @param s the values, real
   * @param u the left vectors, m rows
   * @param vt the right vectors as rows, n columns
   * @return not 0 when it did not converge
   */
  int svd(
      DType dtype,
      Vectors vectors,
      int m,
      int n,
      MemorySegment a,
      MemorySegment s,
      MemorySegment u,
      MemorySegment vt,
      MemorySegment work);

  /** Bytes of work that {@link #eigh} needs. */
  long eighWork(DType dtype, boolean vectors, int n);

  /**
   * {@code syevd, heevd}: eigenvalues in ascending order of a symmetric or Hermitian matrix of
   * which one triangle is read, and eigenvectors as columns in its place.
   *
   * @param w the values, real
   * @return not 0 when it did not converge
   */
  int eigh(
      DType dtype,
      boolean vectors,
      boolean upper,
      int n,
      MemorySegment a,
      MemorySegment w,
      MemorySegment work);

  /** Bytes of work that {@link #eig} needs. */
  long eigWork(DType dtype, boolean vectors, int n);

  /**
   * {@code geev}: eigenvalues and right eigenvectors of any square matrix, which is overwritten.
   *
   * @param w the values; of real matrices first all real, then all imaginary parts
   * @param v the vectors as columns; of real matrices two conjugate ones lie as the real and the
   *     imaginary parts of the first
   * @return not 0 when it did not converge
   */
  int eig(
      DType dtype,
      boolean vectors,
      int n,
      MemorySegment a,
      MemorySegment w,
      MemorySegment v,
      MemorySegment work);
}
