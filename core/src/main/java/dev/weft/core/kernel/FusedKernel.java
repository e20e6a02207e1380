package dev.weft.core.kernel;

import dev.weft.core.error.InternalException;
import dev.weft.core.op.ElementwiseOp;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Straight-line code over one element: parameters are loaded, operations applied, sinks fed. The
 * iteration space (any rank), addresses, strides and scalars come with the launch, so that one
 * compiled form serves every chunk.
 */
public record FusedKernel(List<Param> params, int scalars, List<SsaValue> body, List<Sink> sinks)
    implements Kernel {

  /** Copies the lists and verifies the body. */
  public FusedKernel {
    params = List.copyOf(params);
    body = List.copyOf(body);
    sinks = List.copyOf(sinks);
    verify(params, scalars, body, sinks);
  }

  private static void verify(
      List<Param> params, int scalars, List<SsaValue> body, List<Sink> sinks) {
    for (int i = 0; i < body.size(); i++) {
      int value = i;
      boolean valid =
          switch (body.get(i)) {
            case SsaValue.Load load ->
                load.param() >= 0
                    && load.param() < params.size()
                    && params.get(load.param()).dtype() == load.dtype();
            case SsaValue.ScalarParam scalar -> scalar.scalar() >= 0 && scalar.scalar() < scalars;
            case SsaValue.Apply apply ->
                apply.args().size() == apply.op().arity()
                    && apply.args().stream().allMatch(arg -> arg >= 0 && arg < value)
                    && resolves(apply, body);
            case SsaValue.Convert convert -> convert.arg() >= 0 && convert.arg() < value;
          };
      if (!valid) {
        throw new InternalException(
            "value %" + i + " is malformed in\n" + text(params, body, sinks));
      }
    }
    for (Sink sink : sinks) {
      if (sink.value() < 0 || sink.value() >= body.size()) {
        throw new InternalException("a sink has no value in\n" + text(params, body, sinks));
      }
    }
  }

  private static boolean resolves(SsaValue.Apply apply, List<SsaValue> body) {
    var given = apply.args().stream().map(arg -> body.get(arg).dtype()).toList();
    var signature = apply.op().resolve(given);
    return signature.operands().equals(given) && signature.result() == apply.dtype();
  }

  @Override
  public String name() {
    List<String> ops =
        body.stream()
            .filter(SsaValue.Apply.class::isInstance)
            .map(SsaValue.Apply.class::cast)
            .map(SsaValue.Apply::op)
            .map(ElementwiseOp::name)
            .toList();
    String reductions =
        sinks.stream()
            .filter(Sink.Reduce.class::isInstance)
            .map(sink -> ((Sink.Reduce) sink).reduction().label())
            .collect(Collectors.joining("_"));
    String head = ops.stream().limit(6).collect(Collectors.joining("_"));
    String name = ops.size() > 6 ? head + "_and_" + (ops.size() - 6) + "_more" : head;
    if (!reductions.isEmpty()) {
      return name.isEmpty() ? reductions : name + "_" + reductions;
    }
    return name.isEmpty() ? "copy" : name;
  }

  /** The kernel as text, one value a line. */
  @Override
  public String toString() {
    return text(params, body, sinks);
  }

  private static String text(List<Param> params, List<SsaValue> body, List<Sink> sinks) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < body.size(); i++) {
      SsaValue value = body.get(i);
      text.append("%").append(i).append(": ").append(value.dtype()).append(" = ");
      switch (value) {
        case SsaValue.Load load ->
            text.append("load ").append(text(params.get(load.param()), load.param()));
        case SsaValue.ScalarParam scalar -> text.append("scalar s").append(scalar.scalar());
        case SsaValue.Apply apply ->
            text.append(apply.op())
                .append(
                    apply.args().stream()
                        .map(a -> "%" + a)
                        .collect(Collectors.joining(", ", " ", "")));
        case SsaValue.Convert convert -> text.append("convert %").append(convert.arg());
      }
      text.append('\n');
    }
    for (int i = 0; i < sinks.size(); i++) {
      switch (sinks.get(i)) {
        case Sink.Store store ->
            text.append("store %").append(store.value()).append(" -> out").append(i).append('\n');
        case Sink.Reduce reduce ->
            text.append(reduce.reduction().label())
                .append(" %")
                .append(reduce.value())
                .append(" -> partials")
                .append(i)
                .append('\n');
      }
    }
    return text.toString();
  }

  private static String text(Param param, int number) {
    return switch (param) {
      case Param.Buffer buffer -> "p" + number;
      case Param.Index index -> "index p" + number;
      case Param.Random random ->
          "random "
              + random.distribution().name().toLowerCase(java.util.Locale.ROOT)
              + " p"
              + number;
    };
  }
}
