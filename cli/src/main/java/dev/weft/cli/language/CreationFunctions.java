package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Real;
import dev.weft.cli.language.Value.Special;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.List;

/** Functions that make arrays from numbers. */
final class CreationFunctions {
  static final List<String> ROWS =
      List.of(
          "array(values, dtype=None): nested lists as an array",
          "asarray(values, dtype=None): nested lists as an array",
          "zeros(shape, dtype=float64): zeros",
          "ones(shape, dtype=float64): ones",
          "empty(shape, dtype=float64): zeros",
          "full(shape, fill_value, dtype=None): one number everywhere",
          "zeros_like(x, dtype=None): zeros of the other array's shape",
          "ones_like(x, dtype=None): ones of the other array's shape",
          "full_like(x, fill_value, dtype=None): one number in the other array's shape",
          "empty_like(x, dtype=None): zeros of the other array's shape",
          "tri(N, M=None, k=0, dtype=float64): ones on and below a diagonal",
          "tril_indices(n, k=0, m=None): positions on and below a diagonal; a tuple",
          "triu_indices(n, k=0, m=None): positions on and above a diagonal; a tuple",
          "eye(n, m=None, k=0, dtype=float64): ones on a diagonal",
          "identity(n, dtype=float64): the identity matrix",
          "fft.fftfreq(n, d=1.0): frequencies of a Fourier transform of n elements d apart",
          "fft.rfftfreq(n, d=1.0): frequencies of one of real numbers",
          "arange(start, stop=None, step=1, dtype=None): numbers in steps, the end left out",
          "linspace(start, stop, num=50, endpoint=True, dtype=None): evenly spaced numbers",
          "logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None): evenly spaced exponents",
          "geomspace(start, stop, num=50, dtype=None): each the one before it times the same");

  private CreationFunctions() {}

  static Value apply(Call call) {
    return switch (call.name()) {
      case "tril_indices", "triu_indices" -> {
        long rows = call.integer("n");
        long[] extents = {rows, call.integer("m", rows)};
        yield triangle(call, call.name().startsWith("tril"), extents, call.integer("k", 0));
      }
      default -> new Array(create(call));
    };
  }

  /** Positions on one side of a diagonal, and on it. */
  static Value triangle(Call call, boolean lower, long[] extents, long diagonal) {
    if (extents.length != 2) {
      throw new UsageException(
          "%s: shape %s is no matrix".formatted(call.name(), Shape.of(extents)));
    }
    NDArray ones = call.session().ones(extents);
    return ElementFunctions.tuple((lower ? ones.tril(diagonal) : ones.triu(diagonal)).nonzero());
  }

  private static NDArray create(Call call) {
    Session session = call.session();
    return switch (call.name()) {
      case "array", "asarray" -> {
        NDArray array = call.array("values");
        yield array.cast(call.dtype("dtype", array.dtype()));
      }
      case "zeros", "empty" ->
          session.zeros(call.dtype("dtype", DType.FLOAT64), call.extents("shape"));
      case "ones" -> session.ones(call.dtype("dtype", DType.FLOAT64), call.extents("shape"));
      case "full" -> full(call, call.extents("shape"));
      case "zeros_like", "empty_like" -> like(call, session.zerosLike(call.array("x")));
      case "ones_like" -> like(call, session.onesLike(call.array("x")));
      case "full_like" -> {
        NDArray x = call.array("x");
        DType dtype = call.dtype("dtype", x.dtype());
        yield call.evaluator()
            .conversion()
            .constant(dtype, call.value("fill_value"))
            .broadcastTo(Call.longs(x.shape()));
      }
      case "identity" -> like(call, session.eye(call.integer("n")));
      case "eye" -> {
        long rows = call.integer("n");
        NDArray eye = session.eye(rows, call.integer("m", rows), call.integer("k", 0));
        yield like(call, eye);
      }
      case "tri" -> {
        long rows = call.integer("N");
        NDArray ones = session.ones(rows, call.integer("M", rows));
        yield like(call, ones.tril(call.integer("k", 0)));
      }
      case "logspace" -> logspace(call);
      case "geomspace" ->
          like(
              call,
              session.geomspace(
                  call.number("start", 1), call.number("stop", 1), call.integer("num", 50)));
      case "fft.fftfreq" -> session.fftfreq(call.integer("n"), call.number("d", 1));
      case "fft.rfftfreq" -> session.rfftfreq(call.integer("n"), call.number("d", 1));
      case "arange" -> arange(call);
      case "linspace" -> linspace(call);
      default -> throw new IllegalStateException(call.name() + " has no case");
    };
  }

  private static NDArray like(Call call, NDArray array) {
    return array.cast(call.dtype("dtype", array.dtype()));
  }

  private static NDArray full(Call call, long[] extents) {
    Value fill = call.value("fill_value");
    Conversion conversion = call.evaluator().conversion();
    NDArray value = conversion.array(fill);
    DType dtype = call.dtype("dtype", value.dtype());
    if (fill instanceof Real(double real)) {
      return call.session().full(dtype, real, extents);
    }
    return (fill.isNumber() ? conversion.constant(dtype, fill) : value.cast(dtype))
        .broadcastTo(extents);
  }

  private static NDArray arange(Call call) {
    boolean one = !call.has("stop");
    Value start = one ? new Value.Whole(0) : call.value("start");
    Value stop = call.value(one ? "start" : "stop");
    Value step = call.value("step") == Special.NONE ? new Value.Whole(1) : call.value("step");
    Session session = call.session();
    boolean real = start instanceof Real || stop instanceof Real || step instanceof Real;
    NDArray range =
        real
            ? session.arange(
                PythonNumbers.real(start), PythonNumbers.real(stop), PythonNumbers.real(step))
            : session.arange(
                PythonNumbers.whole(start), PythonNumbers.whole(stop), PythonNumbers.whole(step));
    return like(call, range);
  }

  private static NDArray logspace(Call call) {
    return like(call, call.session().scalar(call.number("base", 10)).pow(spaced(call)));
  }

  private static NDArray linspace(Call call) {
    return like(call, spaced(call));
  }

  private static NDArray spaced(Call call) {
    double start = call.number("start", 0);
    double stop = call.number("stop", 0);
    long num = call.integer("num", 50);
    return call.isTrue("endpoint")
        ? call.session().linspace(start, stop, num)
        : call.session().linspaceOpen(start, stop, num);
  }
}
