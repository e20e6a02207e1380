package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the evaluator says about mistakes, and where it points. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluationErrorTest {
  private Session session;

  @BeforeAll
  void open() {
    session = Session.open();
  }

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void unknownFunction() {
    assertError(
        "mean(sqr(x))",
        """
        unknown function 'sqr'; did you mean sqrt or square?
          mean(sqr(x))
               ^^^\
        """);
    assertError(
        "frobnicate(x)",
        """
        unknown function 'frobnicate'; weft ops lists all
          frobnicate(x)
          ^^^^^^^^^^\
        """);
  }

  @Test
  void unknownMethod() {
    assertError(
        "x.maen()",
        """
        unknown method 'maen'; did you mean mean?
          x.maen()
            ^^^^\
        """);
    assertError(
        "x.sum",
        """
        'sum' is a method; call it as x.sum(...)
          x.sum
            ^^^\
        """);
    assertError(
        "x.shap",
        """
        an array has no 'shap'; did you mean shape?
          x.shap
            ^^^^\
        """);
  }

  @Test
  void unknownName() {
    assertError(
        "x + precipitaton",
        """
        unknown name 'precipitaton'; did you mean precipitation? (known here: x, precipitation, i)
          x + precipitaton
              ^^^^^^^^^^^^\
        """);
    assertError(
        "a = x; b = a + c",
        """
        unknown name 'c' (known here: x, precipitation, i, a)
          a = x; b = a + c
                         ^\
        """);
  }

  @Test
  void functionWithoutCall() {
    assertError(
        "x + mean",
        """
        'mean' is a function; call it as mean(...)
          x + mean
              ^^^^\
        """);
  }

  @Test
  void callOfWhatIsNoFunction() {
    assertError(
        "x(2)",
        """
        'x' is an array and cannot be called; for a product write *
          x(2)
          ^\
        """);
    assertError(
        "(x + 1)(2)",
        """
        this is no function and cannot be called; for a product write *
          (x + 1)(2)
          ^^^^^^^\
        """);
  }

  @Test
  void shapesThatDoNotFit() {
    assertError(
        "1 + (x + x[:, :2])",
        """
        add: shapes (3, 4) and (3, 2) do not broadcast: axis 1 is 4 and 2
          1 + (x + x[:, :2])
              ^^^^^^^^^^^^^^\
        """);
  }

  @Test
  void typesThatDoNotFit() {
    Throwable error = error("x & 1");
    assertThat(error.getMessage())
        .startsWith("bitwise_and does not accept float64")
        .endsWith("\n  x & 1\n  ^^^^^");
  }

  @Test
  void arguments() {
    assertError(
        "roll(x)",
        """
        roll: the argument shift is missing; it is called as roll(x, shift, axis=None)
          roll(x)
          ^^^^^^^\
        """);
    assertError(
        "sum(x, axes=0)",
        """
        sum has no argument 'axes'; did you mean axis; it is called as sum(x, axis=None, *, keepdims=False, dtype=None, initial=None)
          sum(x, axes=0)
          ^^^^^^^^^^^^^^\
        """);
    assertError(
        "x.sum(0, axis=0)",
        """
        sum: the argument axis is given twice
          x.sum(0, axis=0)
          ^^^^^^^^^^^^^^^^\
        """);
    assertError(
        "x.T.ravel(1)",
        """
        ravel: 2 arguments are too many; it is called as ravel(x)
          x.T.ravel(1)
          ^^^^^^^^^^^^\
        """);
    assertError(
        "sqrt(x, x)",
        """
        sqrt takes 1 argument, got 2
          sqrt(x, x)
          ^^^^^^^^^^\
        """);
    assertError(
        "mean(x, axis=0.5)",
        """
        mean: argument axis: expected an integer, got the number 0.5
          mean(x, axis=0.5)
          ^^^^^^^^^^^^^^^^^\
        """);
    assertError(
        "mean(x, keepdims=3)",
        """
        mean: keepdims must be True or False; got the integer 3
          mean(x, keepdims=3)
          ^^^^^^^^^^^^^^^^^^^\
        """);
    assertError(
        "zeros(3, dtype=1)",
        """
        zeros: dtype must be a dtype such as float32; got the integer 1
          zeros(3, dtype=1)
          ^^^^^^^^^^^^^^^^^\
        """);
  }

  @Test
  void axisOutOfRange() {
    Throwable error = error("mean(x, axis=2)");
    assertThat(error.getMessage()).contains("axis 2", "(3, 4)", "\n  ^^^^^^^^^^^^^^^");
  }

  @Test
  void indices() {
    assertThat(error("x[5]").getMessage()).contains("5", "(3, 4)");
    assertThat(error("x[0, 0, 0]").getMessage()).contains("(3, 4)");
    assertError(
        "x[1.5:]",
        """
        a range goes between integers, got the number 1.5
          x[1.5:]
          ^^^^^^^\
        """);
    assertError(
        "x.shape[7]",
        """
        index 7 is out of bounds for a tuple or list of 2
          x.shape[7]
          ^^^^^^^^^^\
        """);
  }

  @Test
  void numbersAlone() {
    assertError(
        "1 // 0",
        """
        division by zero
          1 // 0
          ^^^^^^\
        """);
    assertError(
        "2**64",
        """
        2 ** 64 is beyond int64; write one of them as a float
          2**64
          ^^^^^\
        """);
    assertError(
        "9223372036854775808 + 1",
        """
        the integer 9223372036854775808 is beyond int64; use it with an array of uint64, or write it as a float
          9223372036854775808 + 1
          ^^^^^^^^^^^^^^^^^^^^^^^\
        """);
    assertError(
        "arange(3) + 9223372036854775808",
        """
        integer 9223372036854775808 is out of bounds for int64 (-9223372036854775808 to 9223372036854775807); use one within them, or a wider type
          arange(3) + 9223372036854775808
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\
        """);
    assertError(
        "arange(3).astype(uint64) - -1",
        """
        integer -1 is out of bounds for uint64 (0 to 18446744073709551615); use one within them, or a wider type
          arange(3).astype(uint64) - -1
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\
        """);
  }

  @Test
  void complexNumbersAlone() {
    assertError(
        "2j < 1",
        """
        complex numbers have no order, got 2j and (1+0j); compare abs(), real() or imag()
          2j < 1
          ^^^^^^\
        """);
    assertError(
        "2j // 1",
        """
        '//' does not take complex numbers, got 2j and (1+0j)
          2j // 1
          ^^^^^^^\
        """);
    assertError(
        "0 * 1j ** -1 / 0j",
        """
        division by zero
          0 * 1j ** -1 / 0j
          ^^^^^^^^^^^^^^^^^\
        """);
    assertError(
        "~2j",
        """
        '~' needs an integer or bool, got 2j
          ~2j
          ^^^\
        """);
  }

  @Test
  void integersToNegativePowers() {
    assertError(
        "i ** -1",
        """
        integers to the negative power -1 are no integers; write -1.0
          i ** -1
          ^^^^^^^\
        """);
  }

  private Throwable error(String text) {
    NDArray x = session.zeros(3, 4);
    NDArray i = session.arange(3);
    Map<String, NDArray> inputs = new java.util.LinkedHashMap<>();
    inputs.put("x", x);
    inputs.put("precipitation", x);
    inputs.put("i", i);
    JobScript job = Parser.job(SourceText.of(text));
    return catchThrowable(() -> Evaluator.evaluate(session, job, new GivenInputs(inputs)));
  }

  private void assertError(String text, String message) {
    assertThat(error(text)).isInstanceOf(LanguageException.class).hasMessage(message);
  }
}
