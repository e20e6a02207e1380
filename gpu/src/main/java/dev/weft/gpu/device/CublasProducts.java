package dev.weft.gpu.device;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.LibraryKernel.Routine;
import dev.weft.gpu.LibraryChoice;
import dev.weft.gpu.blas.Cublas;
import dev.weft.gpu.blas.Products;
import dev.weft.gpu.queue.DeviceStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products of float64 and float32 by cuBLAS, where it is found, opens, and takes the factors
 * as they lie: rows or columns must be dense. Everything else is for the tiled kernel.
 */
final class CublasProducts {
  private final @Nullable Cublas cublas;
  private final Map<DeviceStream, OneHandle> handles = new ConcurrentHashMap<>();
  private volatile String description;
  private volatile boolean usable;

  CublasProducts(LibraryChoice<Cublas> choice) {
    switch (choice) {
      case LibraryChoice.Chosen<Cublas>(Cublas found) -> {
        cublas = found;
        usable = true;
        description = found.describe();
      }
      case LibraryChoice.None<Cublas>(String reason, String remedy) -> {
        cublas = null;
        usable = false;
        description = "tiled kernel of Weft's own: %s. %s".formatted(reason, remedy);
      }
    }
  }

  /** What computes products, and if that is not cuBLAS, why. */
  String describe() {
    return description;
  }

  /** A handle, used by one thread at a time. */
  private static final class OneHandle {
    private final Cublas.Handle handle;

    OneHandle(Cublas.Handle handle) {
      this.handle = handle;
    }

    synchronized void multiply(DType dtype, Products products, boolean accumulates) {
      int beta = accumulates ? 1 : 0;
      if (dtype == DType.FLOAT64) {
        handle.float64(products, 1, beta);
      } else {
        handle.float32(products, 1, beta);
      }
    }
  }

  /**
   * Starts a product on a stream, if this kernel is one that cuBLAS takes; the context is current.
   */
  boolean start(Kernel kernel, Arguments arguments, DeviceStream stream) {
    if (!usable
        || !(kernel instanceof LibraryKernel(Routine routine, DType dtype))
        || routine != Routine.MATMUL
        || dtype != DType.FLOAT64 && dtype != DType.FLOAT32) {
      return false;
    }
    Products products = products(arguments, dtype.itemSize());
    OneHandle handle = products == null ? null : handle(stream);
    if (products == null || handle == null) {
      return false;
    }
    handle.multiply(dtype, products, arguments.scalars()[0] == 0);
    return true;
  }

  private @Nullable OneHandle handle(DeviceStream stream) {
    OneHandle known = handles.get(stream);
    if (known != null || cublas == null) {
      return known;
    }
    try {
      Cublas.Handle handle = cublas.open();
      handle.stream(stream.handle());
      OneHandle made = new OneHandle(handle);
      OneHandle first = handles.putIfAbsent(stream, made);
      if (first != null) {
        handle.close();
        return first;
      }
      return made;
    } catch (DeviceException refused) {
      if (handles.isEmpty()) {
        usable = false;
        description = "tiled kernel of Weft's own: %s".formatted(refused.getMessage());
      }
      return null;
    }
  }

  /** A factor as cuBLAS wants it. */
  private record Matrix(boolean transposed, int leading) {}

  private static @Nullable Products products(Arguments arguments, int item) {
    long m = arguments.extents()[0];
    long n = arguments.extents()[1];
    long k = arguments.extents()[2];
    if (m == 0 || n == 0 || k == 0 || Math.max(m, Math.max(n, k)) > Integer.MAX_VALUE) {
      return null;
    }
    Operand left = arguments.inputs().get(0);
    Operand right = arguments.inputs().get(1);
    Operand result = arguments.outputs().getFirst();
    Matrix a = matrix(left.strides(), m, k, item);
    Matrix b = matrix(right.strides(), k, n, item);
    Matrix c = matrix(result.strides(), m, n, item);
    if (a == null || b == null || c == null || c.transposed) {
      return null;
    }
    return Products.rowMajor(
        a.transposed,
        b.transposed,
        (int) m,
        (int) n,
        (int) k,
        KernelLauncher.address(left) + left.base(),
        a.leading,
        0,
        KernelLauncher.address(right) + right.base(),
        b.leading,
        0,
        KernelLauncher.address(result) + result.base(),
        c.leading,
        0,
        1);
  }

  private static @Nullable Matrix matrix(long[] steps, long rows, long columns, int item) {
    if (isRowMajor(steps[0], steps[1], rows, columns, item)) {
      return new Matrix(false, leading(steps[0], rows, columns, item));
    }
    if (isRowMajor(steps[1], steps[0], columns, rows, item)) {
      return new Matrix(true, leading(steps[1], columns, rows, item));
    }
    return null;
  }

  private static boolean isRowMajor(
      long rowStep, long columnStep, long rows, long columns, int item) {
    boolean denseRows = columns == 1 || columnStep == item;
    boolean inOrder = rowStep >= columns * item && rowStep % item == 0;
    return denseRows && (rows == 1 || inOrder && rowStep / item <= Integer.MAX_VALUE);
  }

  private static int leading(long step, long rows, long columns, int item) {
    return rows == 1 ? (int) columns : (int) (step / item);
  }

  /** Gives the handles back; nothing runs any more and the context is current. */
  void close() {
    List<OneHandle> all = new ArrayList<>(handles.values());
    handles.clear();
    for (OneHandle one : all) {
      try {
        one.handle.close();
      } catch (DeviceException refused) {
        // It goes with the context.
        usable = false;
        description = String.valueOf(refused.getMessage());
      }
    }
  }
}
