package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of arguments that no function can have; x is float64 (3, 4), i int64 (3,). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgumentErrorTest {
  private Session session;

  @BeforeAll
  void open() {
    session = Session.open();
  }

  @AfterAll
  void close() {
    session.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "diff(x, n=-1) | diff: n is -1, and differences are taken 0 times or more",
        "diff(x, axis=None) | diff: argument axis: expected an integer, got None",
        "stack([i, i], axis=None) | stack: argument axis: expected an integer, got None",
        "linspace(0, 1, None) | linspace: argument num: expected an integer, got None",
        "isclose(x, x, rtol=None) | isclose: argument rtol: expected a number, got None",
        "round(x, None) | round: argument decimals: expected an integer, got None",
        "tensordot(x, x, axes=3) | tensordot: 3 axes of shapes (3, 4) and (3, 4); use 0 to 2",
        "tensordot(x, x, axes=-1) | tensordot: -1 axes of shapes (3, 4) and (3, 4); use 0 to 2",
        "tensordot(x, x, axes=([0, 0], [0, 1])) | tensordot: axes [0, 0] name an axis of shape (3, 4)",
        "vstack([]) | concatenate: no arrays given; at least one is needed",
      })
  void says(String expression, String message) {
    NDArray x = session.ones(3, 4);
    Map<String, NDArray> inputs = Map.of("x", x, "i", session.arange(3));
    JobScript job = Parser.job(SourceText.of(expression));
    assertThatThrownBy(() -> Evaluator.evaluate(session, job, new GivenInputs(inputs)))
        .isInstanceOf(LanguageException.class)
        .hasMessageStartingWith(message);
  }
}
