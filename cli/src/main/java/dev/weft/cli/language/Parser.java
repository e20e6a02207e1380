package dev.weft.cli.language;

import dev.weft.cli.language.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Pratt parser with Python's precedence: {@code | ^ & << + * unary **}, comparisons below all.
 */
public final class Parser {
  /** Deeper nesting is refused before it can exhaust the stack. */
  private static final int MAX_DEPTH = 300;

  private final SourceText source;
  private final List<Token> tokens;
  private int at;
  private int depth;

  private Parser(SourceText source) {
    this.source = source;
    this.tokens = Lexer.tokens(source);
  }

  /**
   * Parses one expression.
   *
   * @throws LanguageException when it cannot be read
   */
  public static Node expression(SourceText source) {
    JobScript job = job(source);
    if (job.lines().size() != 1 || job.lines().getFirst().name() != null) {
      throw source.error(
          job.lines().getFirst().value().span(), "expected a single expression without a name");
    }
    return job.lines().getFirst().value();
  }

  /**
   * Parses a job: assignments, and perhaps an expression at the end.
   *
   * @throws LanguageException when it cannot be read
   */
  public static JobScript job(SourceText source) {
    return new Parser(source).job();
  }

  private JobScript job() {
    List<JobScript.Line> lines = new ArrayList<>();
    skipNewlines();
    while (peek().kind() != Kind.END) {
      if (!lines.isEmpty() && lines.getLast().name() == null) {
        throw source.error(
            lines.getLast().value().span(),
            "only the last line may be an expression without a name; write: name = ...");
      }
      lines.add(line());
      if (peek().kind() != Kind.END && peek().kind() != Kind.NEWLINE) {
        throw unexpected("an operator or the end of the line");
      }
      skipNewlines();
    }
    if (lines.isEmpty()) {
      throw source.error(
          peek().span(), "there is nothing to compute; expected an expression such as mean(x)");
    }
    return new JobScript(source, lines);
  }

  private JobScript.Line line() {
    Token first = peek();
    if (first.kind() == Kind.NAME && tokens.get(at + 1).is("=")) {
      at += 2;
      return new JobScript.Line(first.text(), elements());
    }
    Node value = elements();
    if (peek().is("=")) {
      if (value instanceof Node.Subscript place
          && place.target() instanceof Node.Name(Span span, String name)) {
        at++;
        return new JobScript.Line(name, place, elements());
      }
      throw source.error(
          value.span(),
          "only a name, or a slice of one, can be assigned to; for a comparison write ==");
    }
    return new JobScript.Line(null, value);
  }

  private void skipNewlines() {
    while (peek().kind() == Kind.NEWLINE) {
      at++;
    }
  }

  /** An expression, or several with commas between: a tuple without brackets. */
  private Node elements() {
    Node first = expression(0);
    if (!peek().is(",")) {
      return first;
    }
    List<Node> items = new ArrayList<>(List.of(first));
    while (take(",")) {
      if (startsNothing()) {
        break;
      }
      items.add(expression(0));
    }
    return new Node.Sequence(first.span().to(items.getLast().span()), items, false);
  }

  private boolean startsNothing() {
    Token next = peek();
    return next.kind() == Kind.NEWLINE
        || next.kind() == Kind.END
        || next.is(")")
        || next.is("]")
        || next.is("=");
  }

  private Node expression(int least) {
    if (++depth > MAX_DEPTH) {
      throw source.error(
          peek().span(), "more than " + MAX_DEPTH + " levels of nesting; name parts in a job file");
    }
    Node left = prefix();
    while (true) {
      Token token = peek();
      BinaryOperator operator = BinaryOperator.of(token);
      if (operator != null && operator.precedence() >= least) {
        at++;
        Node right = expression(operator.right());
        left = new Node.Binary(left.span().to(right.span()), token.span(), operator, left, right);
      } else if (least <= ComparisonOperator.PRECEDENCE && ComparisonOperator.of(token) != null) {
        left = comparisons(left);
      } else {
        refuseWords(token);
        depth--;
        return left;
      }
    }
  }

  private Node comparisons(Node first) {
    List<ComparisonOperator> comparisons = new ArrayList<>();
    List<Node> operands = new ArrayList<>(List.of(first));
    ComparisonOperator comparison = ComparisonOperator.of(peek());
    while (comparison != null) {
      at++;
      comparisons.add(comparison);
      operands.add(expression(ComparisonOperator.PRECEDENCE + 1));
      comparison = ComparisonOperator.of(peek());
    }
    return new Node.Compare(first.span().to(operands.getLast().span()), comparisons, operands);
  }

  private void refuseWords(Token token) {
    if (token.kind() != Kind.NAME) {
      return;
    }
    String hint =
        switch (token.text()) {
          case "and" -> "'and' asks for one truth value; for arrays write (a > 0) & (b > 0)";
          case "or" -> "'or' asks for one truth value; for arrays write (a > 0) | (b > 0)";
          case "not" -> "'not' asks for one truth value; for arrays write ~(a > 0)";
          case "if" -> "'if' asks for one truth value; for arrays write where(condition, a, b)";
          case "in", "is", "for", "lambda" ->
              "'" + token.text() + "' is not part of the language; see weft ops for what is";
          default -> "";
        };
    if (!hint.isEmpty()) {
      throw source.error(token.span(), hint);
    }
  }

  private Node prefix() {
    Token token = peek();
    for (UnaryOperator operator : UnaryOperator.values()) {
      if (token.is(operator.symbol())) {
        at++;
        Node operand = expression(BinaryOperator.SIGN_PRECEDENCE);
        return new Node.Unary(token.span().to(operand.span()), operator, operand);
      }
    }
    return postfix(primary());
  }

  private Node primary() {
    Token token = peek();
    refuseWords(token);
    at++;
    return switch (token.kind()) {
      case INTEGER, FLOAT -> Numbers.node(source, token);
      case TEXT -> new Node.Text(token.span(), token.text());
      case NAME -> new Node.Name(token.span(), token.text());
      case SYMBOL -> {
        switch (token.text()) {
          case "(":
            yield group(token);
          case "[":
            yield sequence(token, "]", new ArrayList<>());
          case "...":
            yield new Node.Ellipsis(token.span());
          default:
            at--;
            throw unexpected("a number, a name or '('");
        }
      }
      case NEWLINE, END -> {
        at--;
        throw unexpected("a number, a name or '('");
      }
    };
  }

  private Node group(Token open) {
    if (peek().is(")")) {
      return sequence(open, ")", new ArrayList<>());
    }
    Node inner = expression(0);
    if (take(",")) {
      return sequence(open, ")", new ArrayList<>(List.of(inner)));
    }
    Token close = expect(")", "')' or an operator");
    return spanning(inner, open.span().to(close.span()));
  }

  /** The same node with its brackets, so that carets cover them. */
  private static Node spanning(Node node, Span span) {
    return switch (node) {
      case Node.Binary b -> new Node.Binary(span, b.at(), b.operator(), b.left(), b.right());
      case Node.Unary u -> new Node.Unary(span, u.operator(), u.operand());
      case Node.Compare c -> new Node.Compare(span, c.comparisons(), c.operands());
      default -> node;
    };
  }

  private Node sequence(Token open, String close, List<Node> items) {
    while (!peek().is(close)) {
      items.add(expression(0));
      if (!take(",") && !peek().is(close)) {
        throw unexpected("',' or '" + close + "'");
      }
    }
    Token end = expect(close, "'" + close + "'");
    return new Node.Sequence(open.span().to(end.span()), items, close.equals("]"));
  }

  private Node postfix(Node target) {
    Node node = target;
    for (int length = 0; ; length++) {
      if (length > MAX_DEPTH) {
        throw source.error(peek().span(), "more than " + MAX_DEPTH + " steps in a row");
      }
      Token token = peek();
      if (token.is(".")) {
        at++;
        Token name = peek();
        if (name.kind() != Kind.NAME) {
          throw unexpected("the name of a method such as sum after '.'");
        }
        at++;
        node = new Node.Attribute(node.span().to(name.span()), node, name.text(), name.span());
      } else if (token.is("(")) {
        at++;
        node = call(node);
      } else if (token.is("[")) {
        at++;
        node = subscript(node);
      } else {
        return node;
      }
    }
  }

  private Node call(Node function) {
    List<Node> positional = new ArrayList<>();
    List<Node.Keyword> keywords = new ArrayList<>();
    while (!peek().is(")")) {
      Token name = peek();
      if (name.kind() == Kind.NAME && tokens.get(at + 1).is("=")) {
        at += 2;
        Node value = expression(0);
        keywords.add(new Node.Keyword(name.span(), name.text(), value));
      } else {
        Node value = expression(0);
        if (!keywords.isEmpty()) {
          throw source.error(
              value.span(), "an argument without a name cannot follow one with a name");
        }
        positional.add(value);
      }
      if (!take(",") && !peek().is(")")) {
        throw unexpected("',' or ')'");
      }
    }
    Token close = expect(")", "')'");
    return new Node.Call(function.span().to(close.span()), function, positional, keywords);
  }

  private Node subscript(Node target) {
    List<Node> items = new ArrayList<>();
    while (!peek().is("]")) {
      items.add(item());
      if (!take(",") && !peek().is("]")) {
        throw unexpected("',', ':' or ']'");
      }
    }
    Token close = expect("]", "']'");
    Span span = target.span().to(close.span());
    if (items.isEmpty()) {
      throw source.error(span, "expected an index between [ and ], such as [0], [1:] or [x > 0]");
    }
    return new Node.Subscript(span, target, items);
  }

  private Node item() {
    Token first = peek();
    @Nullable Node[] parts = new Node[3];
    int colons = 0;
    while (!peek().is(",") && !peek().is("]")) {
      if (take(":")) {
        if (++colons > 2) {
          throw source.error(tokens.get(at - 1).span(), "a range has at most two colons: a:b:step");
        }
      } else if (parts[colons] != null) {
        throw unexpected("',', ':' or ']'");
      } else {
        parts[colons] = expression(0);
      }
    }
    if (colons == 0 && parts[0] != null) {
      return parts[0];
    }
    if (colons == 0) {
      throw unexpected("an index");
    }
    Span span = first.span().to(tokens.get(at - 1).span());
    return new Node.Slice(span, parts[0], parts[1], parts[2]);
  }

  private Token peek() {
    return tokens.get(at);
  }

  private boolean take(String symbol) {
    if (peek().is(symbol)) {
      at++;
      return true;
    }
    return false;
  }

  private Token expect(String symbol, String expected) {
    Token token = peek();
    if (!take(symbol)) {
      throw unexpected(expected);
    }
    return token;
  }

  private LanguageException unexpected(String expected) {
    return source.error(peek().span(), "expected " + expected + ", got " + peek().shown());
  }
}
