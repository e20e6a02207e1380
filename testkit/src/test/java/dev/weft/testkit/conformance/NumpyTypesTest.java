package dev.weft.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Promotion and the result types of rows, cell by cell as in NumPy. */
final class NumpyTypesTest {
  private static final Set<String> WITHOUT_HALF = Set.of("nan_to_num", "nextafter", "spacing");

  @Test
  void promotion() {
    for (String line : NumpyFixtures.lines("numpy/promotion.txt")) {
      String[] words = line.split(" ");
      assertThat(Promotion.of(DType.of(words[0]), DType.of(words[1])))
          .as(line)
          .isEqualTo(DType.of(words[2]));
    }
  }

  @Test
  void resultTypes() {
    List<String> differences = new ArrayList<>();
    for (String line : NumpyFixtures.lines("numpy/types.txt")) {
      String[] words = line.split(" ");
      ElementwiseOp row = ElementwiseOps.find(words[0]).orElseThrow();
      String found =
          result(row, List.of(DType.of(words[1]), DType.of(words[2])).subList(0, row.arity()));
      boolean refused = words[3].equals("float16") && WITHOUT_HALF.contains(words[0]);
      if (!found.equals(refused ? "-" : words[3])) {
        differences.add(line + ", not " + found);
      }
    }
    assertThat(differences).containsExactly("round bool bool float16, not -");
  }

  @Test
  void rowsThatNumpyHasAreComparedInEveryTypeTheyAccept() {
    Map<String, Integer> compared = new TreeMap<>();
    NumpyFixtures.elementwise().forEach(row -> compared.merge(row.toString(), 1, Integer::sum));
    Set<String> known = new TreeSet<>();
    compared.keySet().forEach(key -> known.add(key.substring(0, key.indexOf(' '))));
    assertThat(known).hasSizeGreaterThan(75);
    List<String> missing = new ArrayList<>();
    for (ElementwiseOp row : ElementwiseOps.all()) {
      for (DType dtype : DType.computable()) {
        boolean accepted = !result(row, Collections.nCopies(row.arity(), dtype)).equals("-");
        if (accepted && known.contains(row.name()) && !compared.containsKey(row + " " + dtype)) {
          missing.add(row + " " + dtype);
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  private static String result(ElementwiseOp row, List<DType> given) {
    try {
      return row.resolve(given).result().label();
    } catch (UsageException refused) {
      return "-";
    }
  }
}
