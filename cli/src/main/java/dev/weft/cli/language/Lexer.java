package dev.weft.cli.language;

import dev.weft.cli.language.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Cuts text into tokens. Comments and line ends inside brackets vanish. */
final class Lexer {
  /** Longest first, so that {@code **} is not read as two stars. */
  private static final List<String> SYMBOLS =
      List.of(
          "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "+", "-", "*", "/", "%", "@", "&",
          "|", "^", "~", "<", ">", "=", "(", ")", "[", "]", ",", ":", ".");

  private static final String CLOSING = ")]";
  private static final String OPENING = "([";

  private final SourceText source;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Token> open = new ArrayDeque<>();
  private int at;

  private Lexer(SourceText source) {
    this.source = source;
    this.text = source.text();
  }

  /** All tokens; the last one is {@link Kind#END}. */
  static List<Token> tokens(SourceText source) {
    return new Lexer(source).run();
  }

  private List<Token> run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n' || c == ';') {
        if (open.isEmpty()) {
          add(Kind.NEWLINE, at + 1);
        } else if (c == ';') {
          throw unclosed("';'");
        }
        at++;
      } else if (c == '\\' && continues()) {
        at = text.indexOf('\n', at) + 1;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\uFEFF') {
        at++;
      } else if (c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else {
        token(c);
      }
    }
    if (!open.isEmpty()) {
      throw unclosed("the end of the text");
    }
    tokens.add(new Token(Kind.END, "", new Span(text.length(), text.length())));
    return tokens;
  }

  private boolean continues() {
    int end = text.indexOf('\n', at);
    return end > 0 && text.substring(at + 1, end).isBlank();
  }

  private void token(char c) {
    if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (Character.isLetter(c) || c == '_') {
      int end = at + 1;
      while (end < text.length() && isNamePart(text.charAt(end))) {
        end++;
      }
      add(Kind.NAME, end);
      at = end;
    } else if (c == '\'' || c == '"') {
      string(c);
    } else {
      symbol();
    }
  }

  private void number() {
    int end = at;
    boolean radix =
        text.charAt(at) == '0'
            && at + 1 < text.length()
            && "xXoObB".indexOf(text.charAt(at + 1)) >= 0;
    boolean real = false;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean exponent = !radix && (c == 'e' || c == 'E');
      if (exponent && end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0) {
        end++;
      } else if (!isNamePart(c) && !(c == '.' && !radix && !real)) {
        break;
      }
      real |= exponent || c == '.';
      end++;
    }
    add(real ? Kind.FLOAT : Kind.INTEGER, end);
    Numbers.check(source, tokens.getLast());
    at = end;
  }

  private void string(char quote) {
    int end = text.indexOf(quote, at + 1);
    int line = text.indexOf('\n', at);
    if (end < 0 || (line >= 0 && line < end)) {
      throw source.error(new Span(at, at + 1), "this quote is not closed on its line");
    }
    tokens.add(new Token(Kind.TEXT, text.substring(at + 1, end), new Span(at, end + 1)));
    at = end + 1;
  }

  private void symbol() {
    for (String symbol : SYMBOLS) {
      if (text.startsWith(symbol, at)) {
        add(Kind.SYMBOL, at + symbol.length());
        at += symbol.length();
        bracket(tokens.getLast());
        return;
      }
    }
    String shown = text.substring(at, text.offsetByCodePoints(at, 1));
    String hint =
        switch (shown) {
          case "!" -> "; use ~x for 'not', != for 'differs'";
          case "{", "}" -> "; indices are written [...], groups (...)";
          case "“", "”", "‘", "’" -> "; use ' or \"";
          case "−", "–" -> "; use -";
          case "×", "·" -> "; use *";
          case "÷" -> "; use /";
          default -> "";
        };
    throw source.error(
        new Span(at, at + shown.length()),
        "the character '" + shown + "' has no meaning here" + hint);
  }

  private void bracket(Token token) {
    if (OPENING.contains(token.text())) {
      open.push(token);
    } else if (CLOSING.contains(token.text())) {
      if (open.isEmpty()) {
        throw source.error(token.span(), "this '" + token.text() + "' closes nothing");
      }
      Token opener = open.pop();
      char expected = CLOSING.charAt(OPENING.indexOf(opener.text()));
      if (token.text().charAt(0) != expected) {
        throw source.error(
            token.span(),
            "expected '" + expected + "' to close '" + opener.text() + "', got " + token.shown());
      }
    }
  }

  private LanguageException unclosed(String met) {
    Token opener = open.element();
    return source.error(opener.span(), "this '" + opener.text() + "' is not closed before " + met);
  }

  private void add(Kind kind, int end) {
    tokens.add(new Token(kind, text.substring(at, end), new Span(at, end)));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
