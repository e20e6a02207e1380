package dev.weft.table.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes passwords out of texts that people and logs get to see: addresses of databases, SQL, and
 * what drivers say, who like to repeat both.
 */
final class Secrets {
  private static final String STARS = "***";

  /** Shorter ones could be parts of words. */
  private static final int SHORTEST = 4;

  private static final int DEEPEST = 20;

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:password|passwd|passphrase|\\bpass|pwd|secret|token|api_?key|access_?key)[\"']?\\s*[=:]\\s*)"
              + "(\\{[^}]*}|'[^']*'|\"[^\"]*\"|[^;&\\s'\"]+)");
  private static final Pattern USER = Pattern.compile("(//[^/\\s:@]*:)(\\S+)(?=@)");
  private static final Pattern ORACLE =
      Pattern.compile("(jdbc:oracle:\\w+:[^/\\s@]*/)(\\S+?)(?=@)");
  private static final List<Pattern> ALL = List.of(NAMED, USER, ORACLE);

  private final List<String> known = new ArrayList<>();

  /** The passwords in these texts, which are looked for in others. */
  Secrets(String... texts) {
    for (String text : texts) {
      for (Pattern pattern : ALL) {
        pattern.matcher(text).results().map(found -> found.group(2)).forEach(known::add);
      }
    }
  }

  /** A text without passwords. */
  String masked(String text) {
    String masked = text;
    for (Pattern pattern : ALL) {
      masked = pattern.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(STARS));
    }
    for (String secret : known) {
      if (secret.length() >= SHORTEST) {
        masked = masked.replace(secret, STARS);
      }
    }
    return masked;
  }

  /** What a driver says, without passwords. */
  String message(SQLException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : masked(e.getMessage().strip());
  }

  /** The exception itself, or where it tells a password, one that does not. */
  Throwable masked(Throwable e) {
    return masked(e, 0);
  }

  private Throwable masked(Throwable e, int depth) {
    Throwable cause = e.getCause();
    Throwable inner = cause == null || depth > DEEPEST ? null : masked(cause, depth + 1);
    String text = String.valueOf(e.getMessage());
    String plain = masked(text);
    boolean isClean = plain.equals(text) && inner == cause && e.getSuppressed().length == 0;
    if (isClean && !(e instanceof SQLException sql && sql.getNextException() != null)) {
      return e;
    }
    SQLException other =
        e instanceof SQLException sql
            ? new SQLException(plain, sql.getSQLState(), sql.getErrorCode(), inner)
            : new SQLException(e.getClass().getName() + ": " + plain, inner);
    other.setStackTrace(e.getStackTrace());
    return other;
  }
}
