package dev.weft.gpu.driver;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.gpu.blas.Cublas;
import dev.weft.gpu.blas.Products;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.LibraryLoader;
import dev.weft.gpu.library.Located;
import jcuda.Pointer;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;

/** cuBLAS of CUDA 12 by way of JCuda. Has not run on a GPU yet. */
public final class JCudaCublas implements Cublas {
  /** The version that JCuda's natives are linked to. */
  public static final int MAJOR = 12;

  private final String description;

  private JCudaCublas(String origin) {
    description = "cuBLAS by JCuda, " + origin;
  }

  /**
   * Loads a library that was found, and JCuda's natives on top of it.
   *
   * @throws LibraryException when one of them does not load
   */
  public static JCudaCublas load(Located.Found found, CudaSettings settings)
      throws LibraryException {
    if (found.major() != MAJOR) {
      throw new LibraryException(
          "JCuda cannot load %s: it needs CUDA %d".formatted(found.target(), MAJOR), null);
    }
    // JCuda's library asks for libcublas by its bare name, which finds what is loaded already.
    LibraryLoader.open(found);
    JCudaNatives.of(settings).initialize("jcuda.jcublas.JCublas2");
    return new JCudaCublas(found.describe());
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Handle open() {
    cublasHandle handle = new cublasHandle();
    check("cublasCreate", JCublas2.cublasCreate(handle));
    return new JCudaHandle(handle);
  }

  private static void check(String function, int status) {
    if (status != cublasStatus.CUBLAS_STATUS_SUCCESS) {
      throw new DeviceException(
          "cuBLAS: %s failed: %s".formatted(function, cublasStatus.stringFor(status)));
    }
  }

  private record JCudaHandle(cublasHandle handle) implements Handle {
    @Override
    public int version() {
      int[] version = new int[1];
      check("cublasGetVersion", JCublas2.cublasGetVersion(handle, version));
      return version[0];
    }

    @Override
    public void stream(Stream stream) {
      if (!(stream instanceof DriverStream made)) {
        throw new InternalException("the stream %s was not made by the driver".formatted(stream));
      }
      check("cublasSetStream", JCublas2.cublasSetStream(handle, new cudaStream_t(made)));
    }

    @Override
    public void float64(Products p, double alpha, double beta) {
      check(
          "cublasDgemmStridedBatched",
          JCublas2.cublasDgemmStridedBatched(
              handle,
              operation(p.transposeA()),
              operation(p.transposeB()),
              p.m(),
              p.n(),
              p.k(),
              Pointer.to(new double[] {alpha}),
              new DeviceAddress(p.a()),
              p.lda(),
              p.strideA(),
              new DeviceAddress(p.b()),
              p.ldb(),
              p.strideB(),
              Pointer.to(new double[] {beta}),
              new DeviceAddress(p.c()),
              p.ldc(),
              p.strideC(),
              p.count()));
    }

    @Override
    public void float32(Products p, float alpha, float beta) {
      check(
          "cublasSgemmStridedBatched",
          JCublas2.cublasSgemmStridedBatched(
              handle,
              operation(p.transposeA()),
              operation(p.transposeB()),
              p.m(),
              p.n(),
              p.k(),
              Pointer.to(new float[] {alpha}),
              new DeviceAddress(p.a()),
              p.lda(),
              p.strideA(),
              new DeviceAddress(p.b()),
              p.ldb(),
              p.strideB(),
              Pointer.to(new float[] {beta}),
              new DeviceAddress(p.c()),
              p.ldc(),
              p.strideC(),
              p.count()));
    }

    private static int operation(boolean transpose) {
      return transpose ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
    }

    @Override
    public void close() {
      check("cublasDestroy", JCublas2.cublasDestroy(handle));
    }
  }
}
