package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

/** What the parser says about mistakes, word by word, and where it points. */
class SyntaxErrorTest {
  @Test
  void unclosedBracket() {
    assertError(
        "mean(sqrt(x + 1)",
        """
        this '(' is not closed before the end of the text
          mean(sqrt(x + 1)
              ^\
        """);
  }

  @Test
  void bracketThatClosesNothing() {
    assertError(
        "x + 1)",
        """
        this ')' closes nothing
          x + 1)
               ^\
        """);
  }

  @Test
  void wrongClosingBracket() {
    assertError(
        "x[1:2)",
        """
        expected ']' to close '[', got ')'
          x[1:2)
               ^\
        """);
  }

  @Test
  void missingOperand() {
    assertError(
        "x + * y",
        """
        expected a number, a name or '(', got '*'
          x + * y
              ^\
        """);
    assertError(
        "x +",
        """
        expected a number, a name or '(', got the end of the text
          x +
             ^\
        """);
  }

  @Test
  void missingOperator() {
    assertError(
        "2 x",
        """
        expected an operator or the end of the line, got 'x'
          2 x
            ^\
        """);
    assertError(
        "(x y)",
        """
        expected ')' or an operator, got 'y'
          (x y)
             ^\
        """);
    assertError(
        "f(x y)",
        """
        expected ',' or ')', got 'y'
          f(x y)
              ^\
        """);
    assertError(
        "x[1 2]",
        """
        expected ',', ':' or ']', got '2'
          x[1 2]
              ^\
        """);
  }

  @Test
  void emptyText() {
    assertError(
        "  # nothing",
        """
        there is nothing to compute; expected an expression such as mean(x)
            # nothing
                     ^\
        """);
  }

  @Test
  void emptyIndex() {
    assertError(
        "x[]",
        """
        expected an index between [ and ], such as [0], [1:] or [x > 0]
          x[]
          ^^^\
        """);
  }

  @Test
  void tooManyColons() {
    assertError(
        "x[1:2:3:4]",
        """
        a range has at most two colons: a:b:step
          x[1:2:3:4]
                 ^\
        """);
  }

  @Test
  void wordsOfPythonThatDoNotWorkForArrays() {
    assertError(
        "x > 0 and y > 0",
        """
        'and' asks for one truth value; for arrays write (a > 0) & (b > 0)
          x > 0 and y > 0
                ^^^\
        """);
    assertError(
        "x if y else z",
        """
        'if' asks for one truth value; for arrays write where(condition, a, b)
          x if y else z
            ^^\
        """);
    assertError(
        "not x",
        """
        'not' asks for one truth value; for arrays write ~(a > 0)
          not x
          ^^^\
        """);
    assertError(
        "lambda x: x",
        """
        'lambda' is not part of the language; see weft ops for what is
          lambda x: x
          ^^^^^^\
        """);
  }

  @Test
  void strangeCharacters() {
    assertError(
        "!x",
        """
        the character '!' has no meaning here; use ~x for 'not', != for 'differs'
          !x
          ^\
        """);
    assertError(
        "x × 2",
        """
        the character '×' has no meaning here; use *
          x × 2
            ^\
        """);
    assertError(
        "x $ 2",
        """
        the character '$' has no meaning here
          x $ 2
            ^\
        """);
  }

  @Test
  void badNumbers() {
    assertError(
        "x + 1.2.3",
        """
        expected an operator or the end of the line, got '.3'
          x + 1.2.3
                 ^^\
        """);
    assertError(
        "x + 12abc",
        """
        '12abc' is no number; numbers look like 12, 1.5e-3, 0xff, 1_000, 2j
          x + 12abc
              ^^^^^\
        """);
    assertError(
        "2jj",
        """
        '2jj' is no number; numbers look like 12, 1.5e-3, 0xff, 1_000, 2j
          2jj
          ^^^\
        """);
    assertError(
        "x + 18446744073709551616",
        """
        the integer 18446744073709551616 is beyond uint64 (2**64 - 1); write it as a float
          x + 18446744073709551616
              ^^^^^^^^^^^^^^^^^^^^\
        """);
    assertError(
        "1__0",
        """
        '1__0' is no number; numbers look like 12, 1.5e-3, 0xff, 1_000, 2j
          1__0
          ^^^^\
        """);
    assertError(
        "1.5f",
        """
        '1.5f' is no number; numbers look like 12, 1.5e-3, 0xff, 1_000, 2j
          1.5f
          ^^^^\
        """);
  }

  @Test
  void unclosedQuote() {
    assertError(
        "x.astype('float32)",
        """
        this quote is not closed on its line
          x.astype('float32)
                   ^\
        """);
  }

  @Test
  void positionalAfterNamed() {
    assertError(
        "sum(axis=0, x)",
        """
        an argument without a name cannot follow one with a name
          sum(axis=0, x)
                      ^\
        """);
  }

  @Test
  void methodWithoutName() {
    assertError(
        "x.(1)",
        """
        expected the name of a method such as sum after '.', got '('
          x.(1)
            ^\
        """);
  }

  @Test
  void assignmentToSomethingElse() {
    assertError(
        "x.T[0] = 1",
        """
        only a name, or a slice of one, can be assigned to; for a comparison write ==
          x.T[0] = 1
          ^^^^^^\
        """);
  }

  @Test
  void expressionsBeforeTheLastLine() {
    Throwable error =
        catchThrowable(() -> Parser.job(new SourceText("j.weft", "a = 1\nmean(a)\nb = 2\n")));
    assertThat(error)
        .hasMessage(
            """
            j.weft:2:1: only the last line may be an expression without a name; write: name = ...
              mean(a)
              ^^^^^^^\
            """);
  }

  @Test
  void longLinesAreCutAroundThePlace() {
    String text = "x + ".repeat(60) + "* y" + " + x".repeat(60);
    Throwable error = catchThrowable(() -> Parser.job(SourceText.of(text)));
    String[] lines = error.getMessage().split("\n");
    assertThat(lines[1].length()).isLessThanOrEqualTo(102);
    assertThat(lines[1].charAt(lines[2].indexOf('^'))).isEqualTo('*');
  }

  private static void assertError(String text, String message) {
    Throwable error = catchThrowable(() -> Parser.job(SourceText.of(text)));
    assertThat(error).isInstanceOf(LanguageException.class).hasMessage(message);
  }
}
