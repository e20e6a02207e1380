package dev.weft.cli.language;

import dev.weft.cli.language.Value.Array;
import dev.weft.cli.language.Value.Items;
import dev.weft.cli.language.Value.Real;
import dev.weft.cli.language.Value.Special;
import dev.weft.cli.language.Value.Whole;
import dev.weft.core.NDArray;
import dev.weft.core.RandomArrays;
import dev.weft.core.Session;
import dev.weft.core.dtype.Complex;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.text.Suggestions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a job into lazy arrays. Nothing is computed, except that an index which decides a shape
 * ({@code x[x > 0]}) is computed at once.
 */
public final class Evaluator {
  private final Session session;
  private final SourceText source;
  private final Inputs inputs;
  private final Conversion conversion;
  private final Operators operators;
  private final Map<String, Value> variables = new LinkedHashMap<>();
  private final Map<String, Value> opened = new LinkedHashMap<>();
  private @Nullable RandomArrays unseeded;

  /** What the caller gives names to; opened when first used. */
  public interface Inputs {
    /** All names. */
    List<String> names();

    /** The array of this name. */
    NDArray open(String name);
  }

  /**
   * A result of a job.
   *
   * @param name what the job calls it, or the text of the expression
   * @param array the value
   */
  public record Output(String name, NDArray array) {}

  /**
   * All results of a job.
   *
   * @param named the last value of every assigned name, in order
   * @param last the values of the expression at the end; empty without one
   */
  public record Outputs(Map<String, Supplier<NDArray>> named, List<Output> last) {
    /**
     * The value of an assigned name.
     *
     * @throws UsageException when nothing is assigned to it
     */
    public NDArray value(String name) {
      Supplier<NDArray> value = named.get(name);
      if (value == null) {
        throw new UsageException(
            "the job has no value '%s'%s (%s)"
                .formatted(
                    name,
                    Suggestions.didYouMean(name, named.keySet()),
                    named.isEmpty()
                        ? "nothing is assigned; for the expression itself use -o FILE"
                        : "it assigns " + String.join(", ", named.keySet())));
      }
      return value.get();
    }
  }

  private Evaluator(Session session, SourceText source, Inputs inputs) {
    this.session = session;
    this.source = source;
    this.inputs = inputs;
    this.conversion = new Conversion(session);
    this.operators = new Operators(conversion);
  }

  /**
   * Evaluates a job.
   *
   * @throws LanguageException when something does not fit; it shows the place
   */
  public static Outputs evaluate(Session session, JobScript job, Inputs inputs) {
    Evaluator evaluator = new Evaluator(session, job.source(), inputs);
    List<Output> last = List.of();
    for (JobScript.Line line : job.lines()) {
      Value value = evaluator.evaluate(line.value());
      if (line.name() == null) {
        last = evaluator.outputs(line.value(), value);
      } else if (line.place() != null) {
        evaluator.variables.put(line.name(), evaluator.updated(line.place(), value));
      } else {
        evaluator.variables.put(line.name(), value);
      }
    }
    Map<String, Supplier<NDArray>> named = new LinkedHashMap<>();
    evaluator.variables.forEach(
        (name, value) -> named.put(name, () -> evaluator.conversion.array(value)));
    return new Outputs(named, last);
  }

  /** The array of a name with another value in a slice. */
  private Value updated(Node.Subscript place, Value value) {
    Value target = evaluate(place.target());
    List<Value> index = all(place.items());
    return located(place.span(), () -> Subscripts.updated(conversion, target, index, value));
  }

  /** A tuple of arrays is several results. */
  private List<Output> outputs(Node node, Value value) {
    if (value instanceof Items(List<Value> items, boolean list)
        && !list
        && node instanceof Node.Sequence(Span span, List<Node> nodes, boolean isList)
        && !items.stream().allMatch(Value::isNumber)) {
      List<Output> outputs = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        outputs.add(output(nodes.get(i), items.get(i)));
      }
      return outputs;
    }
    return List.of(output(node, value));
  }

  private Output output(Node node, Value value) {
    return new Output(
        source.slice(node.span()), located(node.span(), () -> conversion.array(value)));
  }

  Session session() {
    return session;
  }

  Conversion conversion() {
    return conversion;
  }

  Operators operators() {
    return operators;
  }

  /** One generator for all calls without a seed, so that they differ from each other. */
  RandomArrays unseeded() {
    if (unseeded == null) {
      unseeded = session.random(System.nanoTime() ^ System.currentTimeMillis() << 20);
    }
    return unseeded;
  }

  Value evaluate(Node node) {
    return switch (node) {
      case Node.IntegerNumber(Span span, long value) -> new Whole(value);
      case Node.LargeNumber(Span span, long bits) -> new Value.Large(bits);
      case Node.FloatNumber(Span span, double value) -> new Real(value);
      case Node.ImaginaryNumber(Span span, double value) ->
          new Value.ComplexNumber(new Complex(0, value));
      case Node.Text(Span span, String text) -> new Value.Word(text);
      case Node.Name name -> name(name);
      case Node.Unary(Span span, UnaryOperator operator, Node operand) -> {
        Value value = evaluate(operand);
        yield located(span, () -> operators.unary(operator, value));
      }
      case Node.Binary binary -> binary(binary);
      case Node.Compare(Span span, List<ComparisonOperator> comparisons, List<Node> operands) -> {
        List<Value> values = all(operands);
        yield located(span, () -> operators.compare(comparisons, values));
      }
      case Node.Attribute attribute -> attribute(attribute);
      case Node.Call call -> call(call);
      case Node.Subscript(Span span, Node target, List<Node> items) -> {
        Value value = evaluate(target);
        List<Value> index = all(items);
        yield located(span, () -> Subscripts.apply(conversion, value, index));
      }
      case Node.Slice(Span span, Node start, Node stop, Node step) ->
          new Value.Range(optional(start), optional(stop), optional(step));
      case Node.Sequence(Span span, List<Node> items, boolean list) -> new Items(all(items), list);
      case Node.Ellipsis ellipsis -> Special.ELLIPSIS;
    };
  }

  private Value optional(@Nullable Node node) {
    return node == null ? Special.NONE : evaluate(node);
  }

  private List<Value> all(List<Node> nodes) {
    List<Value> values = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      values.add(evaluate(node));
    }
    return values;
  }

  /** Sums of thousands of terms lean to the left: they are followed without recursion. */
  private Value binary(Node.Binary last) {
    Deque<Node.Binary> spine = new ArrayDeque<>();
    Node node = last;
    while (node instanceof Node.Binary binary) {
      spine.push(binary);
      node = binary.left();
    }
    Value value = evaluate(node);
    for (Node.Binary binary : spine) {
      Value left = value;
      Value right = evaluate(binary.right());
      value = located(binary.span(), () -> operators.binary(binary.operator(), left, right));
    }
    return value;
  }

  private Value name(Node.Name node) {
    String name = node.name();
    if (isVariable(name)) {
      return variable(name);
    }
    Value constant = Names.constant(name);
    if (constant != null) {
      return constant;
    }
    if (Functions.isKnown(name)) {
      throw source.error(
          node.span(), "'%s' is a function; call it as %s(...)".formatted(name, name));
    }
    throw unknownName(node.span(), name);
  }

  private boolean isVariable(String name) {
    return variables.containsKey(name) || inputs.names().contains(name);
  }

  private Value variable(String name) {
    Value assigned = variables.get(name);
    return assigned != null
        ? assigned
        : opened.computeIfAbsent(name, input -> new Array(inputs.open(input)));
  }

  private LanguageException unknownName(Span span, String name) {
    List<String> here = new ArrayList<>(inputs.names());
    variables.keySet().stream().filter(known -> !here.contains(known)).forEach(here::add);
    List<String> candidates = new ArrayList<>(here);
    candidates.addAll(Names.all());
    String known =
        here.isEmpty()
            ? "no inputs are given; add for instance %s=data.npy".formatted(name)
            : "known here: " + String.join(", ", here);
    return source.error(
        span,
        "unknown name '%s'%s (%s)"
            .formatted(name, Suggestions.didYouMean(name, candidates), known));
  }

  /** The name of a function as written, without {@code np.}; null when it belongs to a value. */
  private @Nullable String functionName(Node node) {
    return switch (node) {
      case Node.Name(Span span, String name) -> name;
      case Node.Attribute(Span span, Node.Name(Span head, String module), String name, Span at)
          when !isVariable(module) ->
          module.equals("np") || module.equals("numpy")
              ? name
              : NumpyNames.MODULES.contains(module) ? module + "." + name : null;
      case Node.Attribute(Span span, Node.Attribute inner, String name, Span at) -> {
        String module = functionName(inner);
        yield module != null && NumpyNames.MODULES.contains(module) ? module + "." + name : null;
      }
      default -> null;
    };
  }

  private Value attribute(Node.Attribute node) {
    String constant = functionName(node);
    if (constant != null && constant.indexOf('.') < 0) {
      return name(new Node.Name(node.nameSpan(), constant));
    }
    Value target = evaluate(node.target());
    NDArray x = located(node.span(), () -> conversion.array(target));
    return switch (node.name()) {
      case "T" -> new Array(x.t());
      case "real" -> new Array(x.real());
      case "imag" -> new Array(x.imag());
      case "shape" -> Conversion.tuple(x.shape());
      case "size" -> new Whole(x.size());
      case "ndim" -> new Whole(x.rank());
      case "nbytes" -> new Whole(x.nbytes());
      case "dtype" -> new Value.Type(x.dtype());
      default -> {
        List<String> known =
            new ArrayList<>(List.of("T", "real", "imag", "shape", "size", "ndim", "dtype"));
        known.addAll(Functions.names());
        throw source.error(
            node.nameSpan(),
            Functions.isKnown(node.name())
                ? "'%s' is a method; call it as x.%s(...)".formatted(node.name(), node.name())
                : "an array has no '%s'%s"
                    .formatted(node.name(), Suggestions.didYouMean(node.name(), known)));
      }
    };
  }

  private Value call(Node.Call node) {
    String function = functionName(node.function());
    List<Value> values = new ArrayList<>();
    Span nameSpan = node.function().span();
    if (function == null) {
      if (!(node.function() instanceof Node.Attribute method)) {
        throw source.error(
            nameSpan, "this is no function and cannot be called; for a product write *");
      }
      function = method.name();
      nameSpan = method.nameSpan();
      values.add(evaluate(method.target()));
    }
    DType dtype = Names.dtypeOrNull(function);
    if (dtype == null && !Functions.isKnown(function)) {
      throw unknownFunction(nameSpan, function, values.isEmpty());
    }
    values.addAll(all(node.positional()));
    Map<String, Value> keywords = new LinkedHashMap<>();
    for (Node.Keyword keyword : node.keywords()) {
      Value value = evaluate(keyword.value());
      if (keywords.put(keyword.name(), value) != null) {
        throw source.error(keyword.span(), "the argument " + keyword.name() + " is given twice");
      }
    }
    String name = dtype == null ? function : "astype";
    if (dtype != null) {
      values.add(new Value.Type(dtype));
    }
    return located(node.span(), () -> Functions.apply(this, name, values, keywords));
  }

  private LanguageException unknownFunction(Span span, String name, boolean free) {
    if (free && isVariable(name)) {
      return source.error(
          span, "'" + name + "' is an array and cannot be called; for a product write *");
    }
    if (NumpyNames.contains(name)) {
      return source.error(
          span, "NumPy's '%s' is not there yet; weft ops lists what there is".formatted(name));
    }
    return source.error(
        span,
        "unknown %s '%s'%s"
            .formatted(
                free ? "function" : "method",
                name,
                Suggestions.didYouMean(name, Functions.names()).isEmpty()
                    ? "; weft ops lists all"
                    : Suggestions.didYouMean(name, Functions.names())));
  }

  /** Errors from below get the place in the text. */
  private <T> T located(Span span, Supplier<T> action) {
    try {
      return action.get();
    } catch (LanguageException e) {
      throw e;
    } catch (UsageException e) {
      throw source.error(span, e);
    }
  }
}
