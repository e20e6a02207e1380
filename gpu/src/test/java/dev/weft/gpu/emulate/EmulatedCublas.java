package dev.weft.gpu.emulate;

import dev.weft.core.error.DeviceException;
import dev.weft.gpu.blas.Cublas;
import dev.weft.gpu.blas.Products;
import dev.weft.gpu.driver.CudaDriver;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Products in plain Java, in the order of an emulated stream, of matrices as cuBLAS has them. */
final class EmulatedCublas implements Cublas {
  private final EmulatedDriver driver;
  private final boolean opens;
  final AtomicInteger products = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();

  EmulatedCublas(EmulatedDriver driver, boolean opens) {
    this.driver = driver;
    this.opens = opens;
  }

  @Override
  public String describe() {
    return "products in plain Java";
  }

  @Override
  public Handle open() {
    if (!opens) {
      throw new DeviceException("cuBLAS: cublasCreate failed: CUBLAS_STATUS_NOT_INITIALIZED");
    }
    open.incrementAndGet();
    return new JavaHandle();
  }

  private final class JavaHandle implements Handle {
    private CudaDriver.@Nullable Stream stream;

    @Override
    public int version() {
      return 0;
    }

    @Override
    public void stream(Stream used) {
      stream = (CudaDriver.Stream) used;
    }

    @Override
    public void float64(Products p, double alpha, double beta) {
      start(p, Double.BYTES, alpha, beta);
    }

    @Override
    public void float32(Products p, float alpha, float beta) {
      start(p, Float.BYTES, alpha, beta);
    }

    private void start(Products p, int item, double alpha, double beta) {
      products.incrementAndGet();
      long a = bytes(p.transposeA() ? p.m() : p.k(), p.lda(), p.transposeA() ? p.k() : p.m(), item);
      long b = bytes(p.transposeB() ? p.k() : p.n(), p.ldb(), p.transposeB() ? p.n() : p.k(), item);
      long c = bytes(p.n(), p.ldc(), p.m(), item);
      driver.enqueue(
          Objects.requireNonNull(stream),
          new long[] {p.a(), p.b(), p.c()},
          new long[] {a, b, c},
          views -> multiply(p, item, alpha, beta, views));
    }

    private static long bytes(int columns, int leading, int rows, int item) {
      return ((columns - 1L) * leading + rows) * item;
    }

    private static void multiply(
        Products p, int item, double alpha, double beta, MemorySegment[] views) {
      for (int j = 0; j < p.n(); j++) {
        for (int i = 0; i < p.m(); i++) {
          double sum = 0;
          for (int k = 0; k < p.k(); k++) {
            long left = p.transposeA() ? (long) i * p.lda() + k : (long) k * p.lda() + i;
            long right = p.transposeB() ? (long) k * p.ldb() + j : (long) j * p.ldb() + k;
            sum += get(views[0], left, item) * get(views[1], right, item);
          }
          long at = (long) j * p.ldc() + i;
          set(views[2], at, item, alpha * sum + (beta == 0 ? 0 : beta * get(views[2], at, item)));
        }
      }
    }

    private static double get(MemorySegment memory, long index, int item) {
      return item == Double.BYTES
          ? memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, index * item)
          : memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, index * item);
    }

    private static void set(MemorySegment memory, long index, int item, double value) {
      if (item == Double.BYTES) {
        memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, index * item, value);
      } else {
        memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, index * item, (float) value);
      }
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }
  }
}
