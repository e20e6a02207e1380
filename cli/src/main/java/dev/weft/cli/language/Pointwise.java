package dev.weft.cli.language;

import dev.weft.core.NDArray;
import dev.weft.core.dtype.DType;
import java.util.List;

/** Functions of elements that are made of several rows of the op table. */
final class Pointwise {
  private static final double TINY = 1e-20;

  private Pointwise() {}

  /** As the rows have it that give floating results. */
  static NDArray floating(NDArray x) {
    return x.dtype().isFloating() ? x : x.cast(x.hypot(x).dtype());
  }

  static NDArray unary(String name, NDArray x) {
    return switch (name) {
      case "isposinf" -> x.isinf().logicalAnd(x.signbit().logicalNot());
      case "isneginf" -> x.isinf().logicalAnd(x.signbit());
      case "sinc" -> {
        // As NumPy has it: a number so small stands for 0.
        NDArray wide = x.dtype().isFloating() ? x : x.cast(DType.FLOAT64);
        NDArray angle = wide.equal(0.0).where(TINY, wide).multiply(Math.PI);
        yield angle.sin().divide(angle);
      }
      default -> throw new IllegalStateException(name + " has no case");
    };
  }

  static NDArray binary(Call call) {
    if (call.name().equals("float_power")) {
      return call.array("a").cast(DType.FLOAT64).pow(call.array("b").cast(DType.FLOAT64));
    }
    boolean step = call.name().equals("heaviside");
    List<NDArray> operands =
        call.evaluator()
            .conversion()
            .together(List.of(call.value(step ? "x" : "a"), call.value(step ? "h" : "b")));
    // The row gives both their common floating type.
    DType dtype = operands.get(0).hypot(operands.get(1)).dtype();
    NDArray a = operands.get(0).cast(dtype);
    NDArray b = operands.get(1).cast(dtype);
    if (step) {
      NDArray beside = a.isnan().where(a, a.greater(0.0).cast(dtype));
      return a.equal(0.0).where(b, beside);
    }
    NDArray larger = a.maximum(b);
    NDArray apart = a.subtract(b).abs().negative();
    NDArray sum = larger.add(apart.exp2().log1p().multiply(1 / Math.log(2)));
    return a.equal(b).where(a.add(1.0), sum);
  }
}
