package dev.weft.cli.compare;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a device's answers are those of another, result by result.
 *
 * @param against the device whose answers were expected
 * @param limit ulps up to which floating-point answers count as the same
 * @param results one distance per result: the larger of those of the first and the last run
 * @param difference the worst element of the first result that does not agree, in words; empty
 *     where all agree
 */
public record Agreement(String against, double limit, List<Distance> results, String difference) {
  /** Copies the list. */
  public Agreement {
    results = List.copyOf(results);
  }

  /** Compares answers, one array per result. */
  static Agreement of(
      String against,
      double limit,
      List<String> names,
      List<HostArray> expected,
      List<HostArray> actual) {
    List<Distance> distances = new ArrayList<>();
    String difference = "";
    for (int i = 0; i < expected.size(); i++) {
      Distance distance = Distance.between(expected.get(i), actual.get(i));
      distances.add(distance);
      if (difference.isEmpty() && !distance.within(limit)) {
        difference = worst(names.get(i), distance, against, expected.get(i), actual.get(i));
      }
    }
    return new Agreement(against, limit, distances, difference);
  }

  /** Both together: the larger distance of each result. */
  Agreement and(Agreement other) {
    List<Distance> larger = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      Distance a = results.get(i);
      Distance b = other.results.get(i);
      larger.add(a.ulps() > b.ulps() || a.differing() > b.differing() ? a : b);
    }
    return new Agreement(
        against, limit, larger, difference.isEmpty() ? other.difference : difference);
  }

  /** Whether all answers are the same, as far as rounding goes. */
  public boolean agrees() {
    return difference.isEmpty();
  }

  /** How close the answers are, by element type: {@code float64 within 2 ulp, int64 exactly}. */
  public String closeness() {
    Map<DType, Distance> byType = new LinkedHashMap<>();
    results.forEach(d -> byType.merge(d.dtype(), d, (a, b) -> a.ulps() >= b.ulps() ? a : b));
    List<String> parts = new ArrayList<>();
    byType.forEach((dtype, distance) -> parts.add(dtype.label() + " " + words(distance)));
    return String.join(", ", parts);
  }

  private static String words(Distance distance) {
    if (distance.differing() == 0) {
      return distance.dtype().isFloating() ? "to the bit" : "exactly";
    }
    if (Double.isInfinite(distance.ulps())) {
      return "different";
    }
    String ulps = "within " + number(distance.ulps()) + " ulp";
    return distance.scaledUlps() < distance.ulps()
        ? ulps + " (" + number(distance.scaledUlps()) + " of the largest element)"
        : ulps;
  }

  static String number(double ulps) {
    if (ulps < 10 && ulps != Math.rint(ulps)) {
      return String.format(Locale.ROOT, "%.1g", ulps);
    }
    return String.format(Locale.ROOT, ulps < 1e6 ? "%,.0f" : "%.2g", ulps);
  }

  private static String worst(
      String name, Distance distance, String against, HostArray expected, HostArray actual) {
    long[] index = new long[expected.shape().rank()];
    long rest = distance.worst();
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % expected.shape().extent(axis);
      rest /= expected.shape().extent(axis);
    }
    String array = name.matches("\\w+") ? name : "(" + name + ")";
    String place = index.length == 0 ? name : array + Arrays.toString(index);
    return "%s is %s, but %s on %s; %,d of %,d elements differ"
        .formatted(
            place,
            text(actual, index),
            text(expected, index),
            against,
            distance.differing(),
            distance.elements());
  }

  private static String text(HostArray array, long[] index) {
    return array.dtype().isFloating()
        ? Double.toString(array.getDouble(index))
        : array.dtype().digits(array.getLong(index));
  }
}
