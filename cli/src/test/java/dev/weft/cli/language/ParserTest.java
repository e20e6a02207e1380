package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {
  @Test
  void readsAsPythonDoes() throws IOException {
    try (var file =
        Objects.requireNonNull(ParserTest.class.getResourceAsStream("parser-fixtures.txt"))) {
      List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(lines).hasSizeGreaterThan(500);
      for (String line : lines) {
        int tab = line.indexOf('\t');
        String text = line.substring(0, tab);
        assertThat(shown(text)).as(text).isEqualTo(line.substring(tab + 1));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          -x**2          ; (- (x ** 2.0))
          2**-1          ; (2.0 ** (- 1.0))
          2**3**2        ; (2.0 ** (3.0 ** 2.0))
          2**-x**2       ; (2.0 ** (- (x ** 2.0)))
          ~x & y         ; ((~ x) & y)
          x - y - z      ; ((x - y) - z)
          x | y ^ z & 1  ; (x | (y ^ (z & 1.0)))
          x << 1 + 2     ; (x << (1.0 + 2.0))
          x > 0 & y      ; (x > (0.0 & y))
          a < b <= c     ; (a < b <= c)
          -x.T           ; (- x.T)
          x @ y * z      ; ((x @ y) * z)
          """)
  void precedence(String text, String expected) {
    assertThat(shown(text)).isEqualTo(expected);
  }

  @Test
  void jobsAreLinesOfAssignments() {
    JobScript job =
        Parser.job(
            SourceText.of(
                """
                # the mean of a wet year
                wet = where(p > 1000,
                            p,     # millimetres
                            0)
                mean = wet.mean(axis=0); top = max(wet)
                mean, \\
                    top
                """));
    assertThat(job.lines())
        .extracting(JobScript.Line::name)
        .containsExactly("wet", "mean", "top", null);
    assertThat(show(job.lines().getLast().value())).isEqualTo("tuple(mean, top)");
  }

  @Test
  void deepNestingIsRefusedAndNotASlowDeath() {
    String deep = "(".repeat(5000) + "x" + ")".repeat(5000);
    assertThatThrownBy(() -> shown(deep)).hasMessageContaining("300 levels of nesting");
    String tuples = "(".repeat(40) + "x" + ",)".repeat(40);
    assertThat(shown(tuples)).startsWith("tuple(tuple(");
    String longSum = "x" + "+x".repeat(20_000);
    assertThat(Parser.expression(SourceText.of(longSum))).isInstanceOf(Node.Binary.class);
  }

  @Test
  void spansCoverWhatWasWritten() {
    SourceText source = SourceText.of("mean(x[1:] * (y + 2))");
    Node.Call call = (Node.Call) Parser.expression(source);
    Node.Binary product = (Node.Binary) call.positional().getFirst();
    assertThat(source.slice(call.span())).isEqualTo("mean(x[1:] * (y + 2))");
    assertThat(source.slice(product.left().span())).isEqualTo("x[1:]");
    assertThat(source.slice(product.right().span())).isEqualTo("(y + 2)");
  }

  private static String shown(String text) {
    return show(Parser.expression(SourceText.of(text)));
  }

  private static String show(Node node) {
    return switch (node) {
      case Node.IntegerNumber n -> Double.toString(n.value());
      case Node.LargeNumber n -> Long.toUnsignedString(n.bits());
      case Node.FloatNumber n -> Double.toString(n.value());
      case Node.ImaginaryNumber n -> n.value() + "j";
      case Node.Text t -> "'" + t.value() + "'";
      case Node.Name n -> n.name();
      case Node.Unary u -> "(" + u.operator().symbol() + " " + show(u.operand()) + ")";
      case Node.Binary b ->
          "(" + show(b.left()) + " " + b.operator().symbol() + " " + show(b.right()) + ")";
      case Node.Compare c -> {
        StringBuilder text = new StringBuilder("(").append(show(c.operands().getFirst()));
        for (int i = 0; i < c.comparisons().size(); i++) {
          text.append(' ').append(c.comparisons().get(i).symbol());
          text.append(' ').append(show(c.operands().get(i + 1)));
        }
        yield text.append(')').toString();
      }
      case Node.Attribute a -> show(a.target()) + "." + a.name();
      case Node.Call c -> {
        List<String> parts =
            new ArrayList<>(c.positional().stream().map(ParserTest::show).toList());
        c.keywords().forEach(k -> parts.add(k.name() + "=" + show(k.value())));
        yield show(c.function()) + "(" + String.join(", ", parts) + ")";
      }
      case Node.Subscript s -> show(s.target()) + "[" + joined(flat(s.items())) + "]";
      case Node.Slice s ->
          optional(s.start()) + ":" + optional(s.stop()) + ":" + optional(s.step());
      case Node.Sequence s -> (s.list() ? "list(" : "tuple(") + joined(s.items()) + ")";
      case Node.Ellipsis e -> "...";
    };
  }

  /** Python reads x[(1, 2)] as x[1, 2]; here that is left to the evaluator. */
  private static List<Node> flat(List<Node> items) {
    return items.size() == 1 && items.getFirst() instanceof Node.Sequence s && !s.list()
        ? s.items()
        : items;
  }

  private static String optional(Node node) {
    return node == null ? "" : show(node);
  }

  private static String joined(List<Node> nodes) {
    return String.join(", ", nodes.stream().map(ParserTest::show).toList());
  }
}
