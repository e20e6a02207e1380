package dev.weft.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Scalar;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.core.op.Interpretation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Special functions are within their ulps of values computed to 50 digits. */
final class SpecialValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"erf", "erfc", "gamma", "lgamma", "i0"})
  void areWithinTheirUlps(String name) {
    ElementwiseOp row = ElementwiseOps.find(name).orElseThrow();
    List<String[]> lines =
        NumpyFixtures.lines("numpy/special.txt").stream()
            .map(line -> line.split(" "))
            .filter(words -> words[0].equals(name))
            .toList();
    assertThat(lines).hasSizeGreaterThan(300);
    for (String[] words : lines) {
      DType dtype = DType.of(words[1]);
      Scalar x = NumpyFixtures.scalar(dtype, words[2]);
      Scalar exact = NumpyFixtures.scalar(dtype, words[3]);
      Scalar found = Interpretation.apply(row, x);
      assertThat(UlpDistance.ulps(row, exact, found, List.of(x)))
          .as("%s of %s is %s, not %s", name, x, exact, found)
          .isLessThanOrEqualTo(row.ulps());
    }
  }
}
