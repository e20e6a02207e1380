package dev.weft.cli.table;

import dev.weft.cli.language.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The methods or functions of one kind, by name. Capitals and underscores do not matter: {@code
 * value_counts} and {@code valueCounts} are one.
 */
final class Signatures {
  private final Map<String, Signature> known = new LinkedHashMap<>();
  private final Map<String, String> aliases;

  private Signatures(Map<String, String> aliases) {
    this.aliases = aliases;
  }

  /**
   * Reads rows such as {@code "head(n=10): the first rows"}.
   *
   * @param aliases other names, and what they are other names of; without underscores
   */
  static Signatures of(List<String> rows, Map<String, String> aliases) {
    Signatures signatures = new Signatures(aliases);
    for (String row : rows) {
      Signature signature = Signature.parse(row);
      signatures.known.put(plain(signature.name()), signature);
    }
    return signatures;
  }

  /** What is meant by a name; null where it is unknown. */
  @Nullable Signature find(String name) {
    String plain = plain(name);
    return known.get(aliases.getOrDefault(plain, plain));
  }

  /** The names, as they are called. */
  List<String> names() {
    return known.values().stream().map(Signature::name).toList();
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }
}
