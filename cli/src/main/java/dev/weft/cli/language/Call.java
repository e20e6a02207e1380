package dev.weft.cli.language;

import dev.weft.cli.language.Signature.Parameter;
import dev.weft.cli.language.Value.Items;
import dev.weft.cli.language.Value.Special;
import dev.weft.cli.language.Value.Truth;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.core.text.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A function's arguments, bound to its parameters as Python binds them, and read by type. */
final class Call {
  private final Evaluator evaluator;
  private final Signature signature;
  private final Map<String, Value> bound = new HashMap<>();

  private Call(Evaluator evaluator, Signature signature) {
    this.evaluator = evaluator;
    this.signature = signature;
  }

  /**
   * Binds arguments.
   *
   * @throws UsageException for too many, missing, unknown and doubly given ones
   */
  static Call bind(
      Evaluator evaluator, Signature signature, List<Value> values, Map<String, Value> keywords) {
    Call call = new Call(evaluator, signature);
    call.bindPositional(values);
    for (Map.Entry<String, Value> keyword : keywords.entrySet()) {
      call.bindKeyword(keyword.getKey(), keyword.getValue());
    }
    for (Parameter parameter : signature.parameters()) {
      if (parameter.required() && !call.bound.containsKey(parameter.name())) {
        throw new UsageException(
            "%s: the argument %s is missing; it is called as %s"
                .formatted(signature.name(), parameter.name(), signature.shown()));
      }
    }
    return call;
  }

  private void bindPositional(List<Value> values) {
    int next = 0;
    for (Parameter parameter : signature.parameters()) {
      if (parameter.rest()) {
        List<Value> rest =
            new ArrayList<>(values.subList(Math.min(next, values.size()), values.size()));
        next = values.size();
        // reshape(x, (2, 3)) means the same as reshape(x, 2, 3); a list can be an array too.
        boolean wrapped =
            rest.size() == 1 && rest.getFirst() instanceof Items && !parameter.takesArrays();
        if (!rest.isEmpty()) {
          bound.put(parameter.name(), wrapped ? rest.getFirst() : new Items(rest, false));
        }
      } else if (!parameter.named() && next < values.size()) {
        bound.put(parameter.name(), values.get(next++));
      }
    }
    if (next < values.size()) {
      throw new UsageException(
          "%s: %d arguments are too many; it is called as %s"
              .formatted(signature.name(), values.size(), signature.shown()));
    }
  }

  private void bindKeyword(String name, Value value) {
    List<String> known = signature.parameters().stream().map(Parameter::name).toList();
    if (!known.contains(name)) {
      throw new UsageException(
          "%s has no argument '%s'%s; it is called as %s"
              .formatted(
                  signature.name(),
                  name,
                  Suggestions.didYouMean(name, known).replace("?", ""),
                  signature.shown()));
    }
    if (bound.put(name, value) != null) {
      throw new UsageException(
          "%s: the argument %s is given twice".formatted(signature.name(), name));
    }
  }

  Evaluator evaluator() {
    return evaluator;
  }

  Session session() {
    return evaluator.session();
  }

  String name() {
    return signature.name();
  }

  /** Whether the argument was given and is not None. */
  boolean has(String parameter) {
    return bound.getOrDefault(parameter, Special.NONE) != Special.NONE;
  }

  Value value(String parameter) {
    return bound.getOrDefault(parameter, Special.NONE);
  }

  NDArray array(String parameter) {
    try {
      return evaluator.conversion().array(value(parameter));
    } catch (LanguageException e) {
      throw e;
    } catch (UsageException e) {
      throw about(parameter, e);
    }
  }

  /** Arrays in a tuple or list; numbers are arrays of their own type. */
  NDArray[] arrays(String parameter) {
    return items(parameter).stream().map(evaluator.conversion()::array).toArray(NDArray[]::new);
  }

  /** Arrays in a tuple or list; numbers take the type of the arrays. */
  NDArray[] arraysTogether(String parameter) {
    return evaluator.conversion().together(items(parameter)).toArray(NDArray[]::new);
  }

  long integer(String parameter) {
    try {
      return PythonNumbers.whole(value(parameter));
    } catch (UsageException e) {
      throw about(parameter, e);
    }
  }

  long integer(String parameter, long byDefault) {
    return isDefault(parameter) ? byDefault : integer(parameter);
  }

  /** An integer of which values beyond Java's int mean the same as the largest or smallest. */
  int small(String parameter, int byDefault) {
    return Math.clamp(integer(parameter, byDefault), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  int axis(String parameter) {
    long axis = integer(parameter);
    // Shapes refuse an axis that is out of range, naming what is allowed.
    return Math.clamp(axis, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  int axis(String parameter, int byDefault) {
    return isDefault(parameter) ? byDefault : axis(parameter);
  }

  /** Whether None is given, rather than nothing. */
  boolean isNone(String parameter) {
    return bound.get(parameter) == Special.NONE;
  }

  /** Absent, or None where None is the default: elsewhere None is a value like others. */
  private boolean isDefault(String parameter) {
    return !has(parameter) && (!isNone(parameter) || signature.isOptional(parameter));
  }

  /** Axes given as an integer or a tuple; none when absent. */
  int[] axes(String parameter) {
    if (!has(parameter)) {
      return new int[0];
    }
    long[] axes = extents(parameter);
    if (axes.length == 0) {
      throw wrong(parameter, "at least one axis; leave it out for all axes");
    }
    int[] result = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      result[i] = Math.clamp(axes[i], Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return result;
  }

  /** Whether an empty tuple or list is given. */
  boolean isEmpty(String parameter) {
    return value(parameter) instanceof Items(List<Value> items, boolean list) && items.isEmpty();
  }

  /** Whether a tuple or list of integers alone is given. */
  boolean isIntegers(String parameter) {
    return value(parameter) instanceof Items(List<Value> items, boolean list)
        && items.stream().allMatch(Value.Whole.class::isInstance);
  }

  /** An integer, a tuple of them, or an integer array of at most one axis, which is computed. */
  long[] integers(String parameter) {
    if (!(value(parameter) instanceof Value.Array(NDArray array))) {
      return extents(parameter);
    }
    if (!array.dtype().isInteger() || array.rank() > 1) {
      throw wrong(parameter, "integers");
    }
    try (HostArray values = array.compute()) {
      return values.toLongArray();
    }
  }

  /** An integer or a tuple of them. */
  long[] extents(String parameter) {
    try {
      return Conversion.extents(value(parameter));
    } catch (UsageException e) {
      throw about(parameter, e);
    }
  }

  double number(String parameter, double byDefault) {
    if (isDefault(parameter)) {
      return byDefault;
    }
    try {
      return PythonNumbers.real(value(parameter));
    } catch (UsageException e) {
      throw about(parameter, e);
    }
  }

  /** Few numbers, in C order, computed at once. */
  double[] numbers(String parameter) {
    return numbers(array(parameter));
  }

  /** The same of an array. */
  static double[] numbers(NDArray few) {
    try (HostArray values = few.ravel().cast(DType.FLOAT64).compute()) {
      return values.toDoubleArray();
    }
  }

  boolean truth(String parameter) {
    return switch (value(parameter)) {
      case Truth(boolean truth) -> truth;
      case Special.NONE -> false;
      default -> throw wrong(parameter, "True or False");
    };
  }

  /** Text, such as the name of a mode. */
  String word(String parameter, String byDefault) {
    return switch (value(parameter)) {
      case Value.Word(String text) -> text;
      case Special.NONE -> byDefault;
      default -> throw wrong(parameter, "text such as '" + byDefault + "'");
    };
  }

  /** The values in a tuple or list. */
  List<Value> items(String parameter) {
    if (!(value(parameter) instanceof Items(List<Value> items, boolean list))) {
      throw wrong(parameter, "a list of arrays such as [x, y]");
    }
    return items;
  }

  /** The same of an argument that is True where it is left out. */
  boolean isTrue(String parameter) {
    return !bound.containsKey(parameter) || truth(parameter);
  }

  DType dtype(String parameter, DType byDefault) {
    return switch (value(parameter)) {
      case Value.Type(DType dtype) -> dtype;
      case Value.Word(String text) -> Names.dtype(text);
      case Special.NONE -> byDefault;
      default -> throw wrong(parameter, "a dtype such as float32");
    };
  }

  UsageException wrong(String parameter, String expected) {
    return new UsageException(
        "%s: %s must be %s; got %s"
            .formatted(signature.name(), parameter, expected, value(parameter).shown()));
  }

  static long[] longs(Shape shape) {
    long[] extents = new long[shape.rank()];
    for (int axis = 0; axis < extents.length; axis++) {
      extents[axis] = shape.extent(axis);
    }
    return extents;
  }

  private UsageException about(String parameter, UsageException cause) {
    return new UsageException(
        "%s: argument %s: %s".formatted(signature.name(), parameter, cause.getMessage()), cause);
  }
}
