package dev.weft.cli.language;

import dev.weft.cli.language.Token.Kind;
import java.math.BigInteger;

/** Reads number tokens as Python does. */
final class Numbers {
  private Numbers() {}

  /** Refuses what Python would refuse, so that later readers need not. */
  static void check(SourceText source, Token token) {
    node(source, token);
  }

  /** The number of a token. */
  static Node node(SourceText source, Token token) {
    if (isImaginary(token)) {
      return imaginary(source, token);
    }
    return token.kind() == Kind.INTEGER
        ? integer(source, token)
        : new Node.FloatNumber(token.span(), floating(source, token, plain(source, token)));
  }

  private static Node integer(SourceText source, Token token) {
    String digits = plain(source, token);
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      radix =
          switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
          };
      digits = radix == 10 ? digits : digits.substring(2);
    }
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), radix) < 0) {
        throw noNumber(source, token);
      }
    }
    if (digits.isEmpty()) {
      throw noNumber(source, token);
    }
    BigInteger value = new BigInteger(digits, radix);
    if (value.bitLength() > Long.SIZE) {
      throw source.error(
          token.span(),
          "the integer " + token.text() + " is beyond uint64 (2**64 - 1); write it as a float");
    }
    return value.bitLength() == Long.SIZE
        ? new Node.LargeNumber(token.span(), value.longValue())
        : new Node.IntegerNumber(token.span(), value.longValue());
  }

  /** Whether a number is so many times the imaginary unit. */
  private static boolean isImaginary(Token token) {
    char last = token.text().charAt(token.text().length() - 1);
    return last == 'j' || last == 'J';
  }

  private static Node imaginary(SourceText source, Token token) {
    String digits = plain(source, token);
    double value = floating(source, token, digits.substring(0, digits.length() - 1));
    return new Node.ImaginaryNumber(token.span(), value);
  }

  private static double floating(SourceText source, Token token, String digits) {
    if (digits.isEmpty() || digits.indexOf('x') >= 0 || digits.indexOf('X') >= 0) {
      throw noNumber(source, token);
    }
    char last = digits.charAt(digits.length() - 1);
    // Java would also take 1d and 1f.
    if (last == 'd' || last == 'D' || last == 'f' || last == 'F') {
      throw noNumber(source, token);
    }
    try {
      return Double.parseDouble(digits);
    } catch (NumberFormatException e) {
      throw noNumber(source, token);
    }
  }

  /** Without underscores, which may only stand between digits. */
  private static String plain(SourceText source, Token token) {
    String text = token.text();
    if (text.indexOf('_') < 0) {
      return text;
    }
    if (text.endsWith("_")
        || text.contains("__")
        || text.contains("_.")
        || text.contains("._")
        || text.contains("_e")
        || text.contains("e_")) {
      throw noNumber(source, token);
    }
    return text.replace("_", "");
  }

  private static LanguageException noNumber(SourceText source, Token token) {
    return source.error(
        token.span(),
        "'" + token.text() + "' is no number; numbers look like 12, 1.5e-3, 0xff, 1_000, 2j");
  }
}
