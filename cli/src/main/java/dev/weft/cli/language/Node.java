package dev.weft.cli.language;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed expression: what was written, and where. */
public sealed interface Node {
  /** Where it stands. */
  Span span();

  /** An integer. */
  record IntegerNumber(Span span, long value) implements Node {}

  /** An integer beyond int64 but within uint64, by its bits. */
  record LargeNumber(Span span, long bits) implements Node {}

  /** A floating-point number. */
  record FloatNumber(Span span, double value) implements Node {}

  /** So many times the imaginary unit. */
  record ImaginaryNumber(Span span, double value) implements Node {}

  /** Characters in quotes. */
  record Text(Span span, String value) implements Node {}

  /** A variable, a constant or a dtype. */
  record Name(Span span, String name) implements Node {}

  /** A sign or an inversion. */
  record Unary(Span span, UnaryOperator operator, Node operand) implements Node {}

  /**
   * Two operands and what stands between.
   *
   * @param at where the operator stands
   */
  record Binary(Span span, Span at, BinaryOperator operator, Node left, Node right)
      implements Node {}

  /** Comparisons of neighbours: one operand more than operators. */
  record Compare(Span span, List<ComparisonOperator> comparisons, List<Node> operands)
      implements Node {}

  /** Something of something: {@code x.T}, {@code np.pi}. */
  record Attribute(Span span, Node target, String name, Span nameSpan) implements Node {}

  /** A function or method and its arguments. */
  record Call(Span span, Node function, List<Node> positional, List<Keyword> keywords)
      implements Node {}

  /** An argument given by name. */
  record Keyword(Span span, String name, Node value) {}

  /** An index. */
  record Subscript(Span span, Node target, List<Node> items) implements Node {}

  /** A range inside an index. */
  record Slice(Span span, @Nullable Node start, @Nullable Node stop, @Nullable Node step)
      implements Node {}

  /** Several values: {@code (1, 2)} or {@code [1, 2]}. */
  record Sequence(Span span, List<Node> items, boolean list) implements Node {}

  /** Three dots. */
  record Ellipsis(Span span) implements Node {}
}
