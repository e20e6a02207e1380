package dev.weft.kernels.cuda;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Meaning;
import dev.weft.kernels.CompositionExpansion;
import dev.weft.kernels.Expansion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The body of a fused kernel as a device function of one element: parameters' elements in, one
 * number per sink out. Also how entry points name and read parameters.
 */
final class ElementText {
  private final FusedKernel original;
  private final String name;
  private final Expansion expansion;
  private final List<SsaValue> body;

  ElementText(FusedKernel kernel, String name) {
    this.original = kernel;
    this.name = name;
    this.expansion = CompositionExpansion.expand(kernel, (op, dtype) -> op.meaning(dtype) != null);
    this.body = expansion.kernel().body();
  }

  /** Parameters that the body reads, in order. */
  List<Integer> params() {
    Set<Integer> loaded = new TreeSet<>();
    for (SsaValue instruction : body) {
      if (instruction instanceof SsaValue.Load load) {
        loaded.add(load.param());
      }
    }
    return List.copyOf(loaded);
  }

  Param param(int number) {
    return original.params().get(number);
  }

  List<Sink> sinks() {
    return original.sinks();
  }

  /** Type of what goes to a sink. */
  DType sinkType(int sink) {
    return body.get(expansion.kernel().sinks().get(sink).value()).dtype();
  }

  /** Device functions of the rows, each once. */
  String helpers() {
    Set<String> helpers = new LinkedHashSet<>();
    for (SsaValue instruction : body) {
      if (instruction instanceof SsaValue.Apply apply && apply.op().cudaHelper() != null) {
        helpers.add(apply.op().cudaHelper());
      }
    }
    return String.join("\n", helpers);
  }

  /** The function {@code NAME_element(w, p..., x...&)}. */
  String function() {
    List<String> parameters = new ArrayList<>();
    parameters.add("const %s_words &w".formatted(name));
    for (int param : params()) {
      parameters.add("%s p%d".formatted(CudaType.of(param(param).dtype()), param));
    }
    for (int sink = 0; sink < sinks().size(); sink++) {
      parameters.add("%s &x%d".formatted(CudaType.of(sinkType(sink)), sink));
    }
    StringBuilder text = new StringBuilder();
    text.append("__device__ __forceinline__ void %s_element(\n".formatted(name));
    text.append("    ").append(String.join(", ", parameters)).append(") {\n");
    for (int value = 0; value < body.size(); value++) {
      text.append("  ").append(statement(value)).append('\n');
    }
    for (int sink = 0; sink < sinks().size(); sink++) {
      text.append("  x%d = v%d;\n".formatted(sink, expansion.kernel().sinks().get(sink).value()));
    }
    return text.append("}\n").toString();
  }

  private String statement(int value) {
    SsaValue instruction = body.get(value);
    String type = CudaType.of(instruction.dtype());
    return switch (instruction) {
      case SsaValue.Load load -> "const %s v%d = p%d;".formatted(type, value, load.param());
      case SsaValue.ScalarParam scalar ->
          "const %s v%d = %s;".formatted(type, value, scalar(scalar));
      case SsaValue.Convert convert ->
          "const %s v%d = %s;"
              .formatted(
                  type,
                  value,
                  CudaType.convert(
                      "v" + convert.arg(), body.get(convert.arg()).dtype(), convert.dtype()));
      case SsaValue.Apply apply -> apply(apply, value, type);
    };
  }

  private String scalar(SsaValue.ScalarParam scalar) {
    int launch = expansion.launchScalars();
    return scalar.scalar() < launch
        ? CudaType.scalar(
            "w.shared(%d)".formatted(LaunchStruct.of(original).keys() + scalar.scalar()),
            scalar.dtype())
        : CudaType.literal(expansion.constants().get(scalar.scalar() - launch));
  }

  private String apply(SsaValue.Apply apply, int value, String type) {
    DType operand = body.get(apply.args().getLast()).dtype();
    Meaning meaning = apply.op().meaning(operand);
    if (meaning == null) {
      throw new InternalException(
          "%s has no meaning for %s and was not expanded".formatted(apply.op(), operand));
    }
    StringBuilder operands = new StringBuilder();
    for (int i = 0; i < apply.args().size(); i++) {
      int arg = apply.args().get(i);
      String computed = computed(meaning, apply.op(), body.get(arg).dtype());
      operands.append("const %s %c = v%d; ".formatted(computed, 'a' + i, arg));
    }
    return "%s v%d; { %sv%d = (%s) (%s); }  // %s"
        .formatted(type, value, operands, value, type, meaning.cuda(), apply.op());
  }

  /** The type in which a row's expression sees an operand. */
  private static String computed(Meaning meaning, ElementwiseOp op, DType dtype) {
    return switch (meaning) {
      case Meaning.LongUnary _,
          Meaning.LongBinary _,
          Meaning.LongTest _,
          Meaning.LongCompare _,
          Meaning.FromBits _ ->
          dtype == DType.UINT64 ? CudaType.of(dtype) : "long long";
      case Meaning.DoubleUnary _, Meaning.DoubleBinary _, Meaning.DoubleTernary _ ->
          dtype == DType.FLOAT32 && Precision.single(op) ? "float" : "double";
      case Meaning.DoubleTest _, Meaning.DoubleCompare _, Meaning.Bits _, Meaning.Select _ ->
          CudaType.of(dtype);
    };
  }

  /** The element of a parameter at an offset (an expression) from its base. */
  String read(int param, String offset) {
    String base = "w.base(w.p%d)".formatted(param);
    return switch (param(param)) {
      case Param.Buffer buffer ->
          "weft_load<%s>(%s + %s)".formatted(CudaType.of(buffer.dtype()), base, offset);
      case Param.Index _ -> "%s + %s".formatted(base, offset);
      case Param.Random random ->
          drawn(
              param,
              "weft_%s_%s"
                  .formatted(random.distribution().name().toLowerCase(Locale.ROOT), random.dtype()),
              offset);
    };
  }

  /** Whether a parameter is normal random numbers, which come in pairs. */
  boolean isNormal(int param) {
    return param(param) instanceof Param.Random random
        && random.distribution() == Param.Distribution.NORMAL;
  }

  /** The random number of a parameter at an offset, of a function of key and element. */
  String drawn(int param, String function, String offset) {
    int key = LaunchStruct.keyOf(original, param);
    return "%s(w.shared(%d), w.shared(%d), w.base(w.p%d) + %s)"
        .formatted(function, key, key + 1, param, offset);
  }

  /** A call of the function; results go to variables x0, x1, ... that it declares. */
  String call(String indent, List<String> elements) {
    StringBuilder text = new StringBuilder();
    List<String> arguments = new ArrayList<>(List.of("w"));
    arguments.addAll(elements);
    for (int sink = 0; sink < sinks().size(); sink++) {
      text.append("%s%s x%d;\n".formatted(indent, CudaType.of(sinkType(sink)), sink));
      arguments.add("x" + sink);
    }
    text.append("%s%s_element(\n".formatted(indent, name));
    String separator = ",\n" + indent + "    ";
    return text.append(indent)
        .append("    ")
        .append(String.join(separator, arguments))
        .append(");\n")
        .toString();
  }
}
