package dev.weft.gpu.blas;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.gpu.library.Bindings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.LibraryLoader;
import dev.weft.gpu.library.Located;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * cuBLAS of CUDA 12 or 13, called directly. The functions used have the same form in both. Has not
 * run on a GPU yet.
 */
public final class NativeCublas implements Cublas {
  private static final int PLAIN = 0;
  private static final int TRANSPOSED = 1;

  private final MethodHandle create;
  private final MethodHandle destroy;
  private final MethodHandle setStream;
  private final MethodHandle getVersion;
  private final MethodHandle statusText;
  private final MethodHandle dgemm;
  private final MethodHandle sgemm;
  private final String description;

  private NativeCublas(Bindings library, String origin) throws LibraryException {
    // Handles, streams and addresses on the device are passed as integers of their width.
    create = library.bind("cublasCreate_v2", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    destroy = library.bind("cublasDestroy_v2", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    setStream =
        library.bind("cublasSetStream_v2", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    getVersion =
        library.bind("cublasGetVersion_v2", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    statusText = library.bind("cublasGetStatusString", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    dgemm = library.bind("cublasDgemmStridedBatched", products());
    sgemm = library.bind("cublasSgemmStridedBatched", products());
    description = "cuBLAS, called directly, " + origin;
  }

  /** Handle, two operations, three extents, then alpha, A, B, beta, C with strides, and a count. */
  private static FunctionDescriptor products() {
    ValueLayout i = JAVA_INT;
    ValueLayout l = JAVA_LONG;
    return FunctionDescriptor.of(
        i, l, i, i, i, i, i, ADDRESS, l, i, l, l, i, l, ADDRESS, l, i, l, i);
  }

  /**
   * Loads and binds a library that was found.
   *
   * @throws LibraryException when it does not load, or lacks a function
   */
  public static NativeCublas load(Located.Found found) throws LibraryException {
    return new NativeCublas(
        new Bindings(found.target(), LibraryLoader.open(found)), found.describe());
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Handle open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(JAVA_LONG);
      check("cublasCreate", (int) create.invokeExact(handle));
      return new NativeHandle(handle.get(JAVA_LONG, 0));
    } catch (Throwable failure) {
      throw failed("cublasCreate", failure);
    }
  }

  private void check(String function, int status) throws Throwable {
    if (status != 0) {
      MemorySegment text = (MemorySegment) statusText.invokeExact(status);
      throw new DeviceException(
          "cuBLAS: %s failed: %s"
              .formatted(function, text.reinterpret(Long.MAX_VALUE).getString(0)));
    }
  }

  /** A method handle may throw anything; what is not ours already is a defect of the binding. */
  private static RuntimeException failed(String function, Throwable failure) {
    return switch (failure) {
      case DeviceException known -> known;
      case Error error -> throw error;
      default -> new InternalException("calling %s failed".formatted(function), failure);
    };
  }

  private final class NativeHandle implements Handle {
    private final long handle;

    NativeHandle(long handle) {
      this.handle = handle;
    }

    @Override
    public int version() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment number = arena.allocate(JAVA_INT);
        check("cublasGetVersion", (int) getVersion.invokeExact(handle, number));
        return number.get(JAVA_INT, 0);
      } catch (Throwable failure) {
        throw failed("cublasGetVersion", failure);
      }
    }

    @Override
    public void stream(Stream stream) {
      try {
        check("cublasSetStream", (int) setStream.invokeExact(handle, stream.address()));
      } catch (Throwable failure) {
        throw failed("cublasSetStream", failure);
      }
    }

    @Override
    public void float64(Products products, double alpha, double beta) {
      // Factors on the host are read before the call returns.
      try (Arena arena = Arena.ofConfined()) {
        multiply(
            "cublasDgemmStridedBatched",
            dgemm,
            products,
            arena.allocateFrom(JAVA_DOUBLE, alpha),
            arena.allocateFrom(JAVA_DOUBLE, beta));
      }
    }

    @Override
    public void float32(Products products, float alpha, float beta) {
      try (Arena arena = Arena.ofConfined()) {
        multiply(
            "cublasSgemmStridedBatched",
            sgemm,
            products,
            arena.allocateFrom(JAVA_FLOAT, alpha),
            arena.allocateFrom(JAVA_FLOAT, beta));
      }
    }

    private void multiply(
        String function, MethodHandle gemm, Products p, MemorySegment alpha, MemorySegment beta) {
      try {
        int status =
            (int)
                gemm.invokeExact(
                    handle,
                    p.transposeA() ? TRANSPOSED : PLAIN,
                    p.transposeB() ? TRANSPOSED : PLAIN,
                    p.m(),
                    p.n(),
                    p.k(),
                    alpha,
                    p.a(),
                    p.lda(),
                    p.strideA(),
                    p.b(),
                    p.ldb(),
                    p.strideB(),
                    beta,
                    p.c(),
                    p.ldc(),
                    p.strideC(),
                    p.count());
        check(function, status);
      } catch (Throwable failure) {
        throw failed(function, failure);
      }
    }

    @Override
    public void close() {
      try {
        check("cublasDestroy", (int) destroy.invokeExact(handle));
      } catch (Throwable failure) {
        throw failed("cublasDestroy", failure);
      }
    }
  }
}
