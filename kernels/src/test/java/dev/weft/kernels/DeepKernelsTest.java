package dev.weft.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.kernels.cuda.CudaRenderer;
import dev.weft.kernels.jvm.BytecodeRenderer;
import dev.weft.kernels.jvm.TileRequest;
import dev.weft.kernels.jvm.VectorSupport;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kernels as deep as the fuser makes them and deeper, written on a thread with a small stack. */
@Timeout(120)
class DeepKernelsTest {
  private static final long SMALL_STACK = 256 << 10;

  /** Operations of the largest kernel of the fuser. */
  private static final int LARGEST = 160;

  private static FusedKernel chain(ElementwiseOp op, int length) {
    BodyBuilder body = new BodyBuilder();
    int value = body.load(DType.FLOAT64);
    for (int i = 0; i < length; i++) {
      value = op.arity() == 1 ? body.apply(op, value) : body.apply(op, value, value);
    }
    return body.store(value);
  }

  private static String rendered(FusedKernel kernel) {
    BytecodeRenderer.render(TileRequest.scalar(kernel, 0));
    if (VectorSupport.check(kernel, 256).isEmpty()) {
      BytecodeRenderer.render(TileRequest.vector(kernel, 0, 256));
    }
    assertThat(kernel.toString()).contains("%" + (kernel.body().size() - 1) + ":");
    return CudaRenderer.render(kernel).source();
  }

  private static String onSmallStack(FusedKernel kernel) throws Exception {
    FutureTask<String> task = new FutureTask<>(() -> rendered(kernel));
    new Thread(null, task, "small stack", SMALL_STACK).start();
    return task.get();
  }

  @Test
  void ofCheapOperations() throws Exception {
    assertThat(onSmallStack(chain(ElementwiseOps.ADD, 5000))).contains("v5000");
  }

  @Test
  void ofExpensiveOperations() throws Exception {
    for (String name : new String[] {"sin", "exp", "pow", "log1p", "arctan2"}) {
      assertThat(onSmallStack(chain(ElementwiseOps.find(name).orElseThrow(), LARGEST)))
          .as(name)
          .isNotEmpty();
    }
  }
}
