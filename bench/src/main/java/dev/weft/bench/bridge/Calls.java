package dev.weft.bench.bridge;

import dev.weft.core.shape.Shape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the public method of a name that takes values best, and calls it. */
final class Calls {
  /** What a method takes, and how far that is from what was given: 0 is as it is. */
  private record Fit(Method method, @Nullable Object[] values, int distance) {}

  private record Taken(@Nullable Object value, int distance) {}

  private Calls() {}

  /** The names of the public methods of a type. */
  static Set<String> names(Class<?> type) {
    Set<String> names = new TreeSet<>();
    for (Method method : type.getMethods()) {
      if (method.getDeclaringClass() != Object.class) {
        names.add(method.getName());
      }
    }
    return names;
  }

  /**
   * Calls a method.
   *
   * @param target an object, or a class for a static method
   * @throws IllegalArgumentException when no method takes the values
   */
  static @Nullable Object call(Object target, String name, List<@Nullable Object> given)
      throws Throwable {
    Class<?> type = target instanceof Class<?> named ? named : target.getClass();
    Fit best = null;
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)
          && method.getParameterCount() == given.size()
          && (type != target || Modifier.isStatic(method.getModifiers()))) {
        Fit fit = fit(method, given);
        if (fit != null && (best == null || fit.distance < best.distance)) {
          best = fit;
        }
      }
    }
    if (best == null) {
      throw new IllegalArgumentException(
          "%s has no method %s that takes %s".formatted(type.getSimpleName(), name, kinds(given)));
    }
    try {
      return best.method.invoke(type == target ? null : target, best.values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static List<String> kinds(List<@Nullable Object> values) {
    return values.stream()
        .map(value -> value == null ? "null" : value.getClass().getSimpleName())
        .toList();
  }

  private static @Nullable Fit fit(Method method, List<@Nullable Object> given) {
    List<@Nullable Object> values = new ArrayList<>();
    int distance = 0;
    for (int i = 0; i < given.size(); i++) {
      Taken taken = taken(method.getParameterTypes()[i], given.get(i));
      if (taken == null) {
        return null;
      }
      values.add(taken.value);
      distance += taken.distance;
    }
    return new Fit(method, values.toArray(), distance);
  }

  private static @Nullable Taken taken(Class<?> parameter, @Nullable Object value) {
    return switch (value) {
      case null -> parameter.isPrimitive() ? null : new Taken(null, 0);
      case Long number when parameter == long.class -> new Taken(number, 0);
      case Long number when parameter == int.class && number == number.intValue() ->
          new Taken(number.intValue(), 0);
      case Long number when parameter == double.class -> new Taken((double) number, 1);
      case Double number when parameter == double.class -> new Taken(number, 0);
      case Boolean truth when parameter == boolean.class -> new Taken(truth, 0);
      case long[] numbers when parameter == int[].class ->
          new Taken(Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray(), 0);
      case long[] numbers when parameter == double[].class ->
          new Taken(Arrays.stream(numbers).asDoubleStream().toArray(), 1);
      case long[] numbers when parameter == Shape.class -> new Taken(Shape.of(numbers), 1);
      case String text when parameter.isEnum() -> constant(parameter, text);
      default -> parameter.isInstance(value) ? new Taken(value, exactly(parameter, value)) : null;
    };
  }

  /** A parameter of a wider type, such as Object, is the last choice. */
  private static int exactly(Class<?> parameter, Object value) {
    return parameter == value.getClass() ? 0 : parameter == Object.class ? 10 : 1;
  }

  private static @Nullable Taken constant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name.toUpperCase(Locale.ROOT))) {
        return new Taken(constant, 0);
      }
    }
    return null;
  }
}
