package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of arguments that functions cannot have; x is float64 (3, 4), i int64 (3,). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionErrorTest {
  private Session session;

  @BeforeAll
  void open() {
    session = Session.open();
  }

  @AfterAll
  void close() {
    session.close();
  }

  private Evaluator.Outputs evaluate(String text) {
    Map<String, NDArray> inputs = Map.of("x", session.ones(3, 4), "i", session.arange(3));
    return Evaluator.evaluate(session, Parser.job(SourceText.of(text)), new GivenInputs(inputs));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pad(x, 1, 'median') | pad: mode must be 'constant', 'edge', 'linear_ramp', 'maximum', 'mean'",
        "pad(x, (1, 2, 3)) | pad: pad_width must be a number, a pair, or a pair for each axis",
        "pad(x, 1, 'reflect', reflect_type='up') | pad: reflect_type must be 'even' or 'odd'",
        "pad(x, -1) | pad: widths [[-1, -1]] of shape (3, 4); use two numbers",
        "split(i, 2) | split: axis 0 of shape (3,) is 3, which does not divide into 2 sections",
        "delete(i, 3) | delete: position 3 is out of bounds for axis 0 of shape (3,)",
        "delete(i, [True, False]) | delete: a mask of shape (2,) for axis 0 of shape (3,)",
        "insert(i, 9, 1) | insert: position 9 is out of bounds for axis 0 of shape (3,)",
        "rot90(x, axes=(0, 1, 2)) | rot90: axes must be two axes",
        "choose(i, [1, 2]) | choose: the array has numbers from 0 to 2, and there are 2",
        "choose(x, [1, 2], mode='wrap') | choose: the array is float64; use integers",
        "choose(i, [1, 2], mode='no') | choose: mode must be 'raise', 'wrap' or 'clip'",
        "select([x], [x]) | select: a condition is float64; use bool, compare first",
        "piecewise(x, [x > 0], [1, 2, 3]) | piecewise: 1 conditions and 3 values",
        "compress(x > 0, x) | compress: condition must be a vector of truth values",
        "block([x, [x]]) | block: lists are nested [0, 1] deep in one list",
        "einsum('ij,jk', x, x) | einsum: 'ij,jk' has the letter 'j' for extents 4 and 3",
        "einsum(x) | einsum: subscripts must be text such as 'ij,jk->ik'",
        "einsum('ij') | einsum: no operands given; name an array for each of 'ij'",
        "linalg.norm(x, 3) | matrix_norm: order 3.0; use 1, -1, 2, -2, an infinity, or the Frobenius",
        "linalg.matrix_norm(x, ord='no') | linalg.matrix_norm: ord must be 'fro', 'nuc', 1, -1, 2, -2",
        "linalg.norm(x[newaxis], ord=1) | linalg.norm: 3 axes of shape (1, 3, 4); name one for",
        "linalg.matrix_power(x, 2) | matrix_power: shape (3, 4) has matrices that are not square",
        "linalg.outer(x, x) | linalg.outer: shapes (3, 4) and (3, 4); use vectors, or outer",
        "moving_mean(i, 4) | moving_mean: a window of 4 along axis 0 of shape (3,); use 1 to 3",
        "moving_mean(x, (2, 2)) | moving_mean: 2 windows for 1 axes; give one for each",
        "convolve(x, i) | convolve: a must be a vector",
        "convolve(i, i, 'all') | convolve: mode must be 'full', 'same' or 'valid'",
        "convolve2d(i, i) | convolve2d: a must be a matrix",
        "ldexp(x, x) | ldexp: the exponents are float64; use integers",
        "gcd(x, 2) | gcd does not accept float64 (operand 0); it accepts [integer]",
        "random.choice(3, p=[1, 0, 0], replace=False) | random.choice: p with replace=False is not there yet",
        "random.choice(i, p=[1, 2]) | random.choice: 2 probabilities for 3 elements",
        "random.poisson(1e6, 3) | poisson: the variance is 1000000.0, and numbers spread too far",
        "x[5] = 1; x | index 5 is out of bounds for axis 0 of shape (3, 4), which allows -3 to 2",
        "x[0] = i; x | with: values of shape (3,) do not broadcast to the slice, whose shape is (4,)",
        "y[0] = 1; y | unknown name 'y'",
        "i[0] = nan; i | the number NaN cannot be assigned to an array of int64; convert it first",
        "z = (1, 2); z[0] = 1; z | a tuple or list cannot be assigned to; make it an array first",
        "x.T[0] = 1 | only a name, or a slice of one, can be assigned to; for a comparison write ==",
        "x[0] = 1 | ``",
      })
  void says(String job, String message) {
    if (message.isEmpty()) {
      assertThat(evaluate(job).named()).containsOnlyKeys("x");
      return;
    }
    assertThatThrownBy(() -> evaluate(job))
        .isInstanceOf(LanguageException.class)
        .hasMessageStartingWith(message);
  }

  /** The input that a slice of is assigned to is one that the job reads. */
  @Test
  void aSliceThatIsAssignedToIsReadFirst() {
    JobScript job = Parser.job(SourceText.of("t[1:k] = v\nt + w"));
    assertThat(FreeNames.of(job)).containsExactly("t", "k", "v", "w");
  }

  @Test
  void drawsOfOneSeedAreTheSame() {
    List<String> calls =
        List.of(
            "random.exponential(2, 5, seed=1)",
            "random.standard_exponential(5, seed=1)",
            "random.lognormal(size=5, seed=1)",
            "random.laplace(1, 2, 5, seed=1)",
            "random.logistic(size=5, seed=1)",
            "random.gumbel(size=5, seed=1)",
            "random.rayleigh(size=5, seed=1)",
            "random.weibull(2, 5, seed=1)",
            "random.pareto(2, 5, seed=1)",
            "random.power(2, 5, seed=1)",
            "random.standard_cauchy(5, seed=1)",
            "random.triangular(0, 1, 2, 5, seed=1)",
            "random.binomial(9, 0.5, 5, seed=1)",
            "random.poisson(3, 5, seed=1)",
            "random.geometric(0.5, 5, seed=1)",
            "random.choice(7, 5, seed=1)",
            "random.choice(i, 5, p=[0.5, 0.25, 0.25], seed=1)");
    for (String call : calls) {
      double[] once = values(call);
      assertThat(once).as(call).hasSize(5).containsExactly(values(call));
    }
  }

  private double[] values(String call) {
    try (HostArray array = evaluate(call).last().getFirst().array().compute()) {
      return array.toDoubleArray();
    }
  }
}
