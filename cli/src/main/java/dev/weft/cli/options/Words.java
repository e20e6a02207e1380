package dev.weft.cli.options;

import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Syntax.Parameter;
import dev.weft.core.error.UsageException;
import dev.weft.core.text.Suggestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words after a command, sorted into options and parameters. Written by hand because it stands
 * in the way of every result: picocli would take 20 ms for the same.
 */
public final class Words {
  private final Syntax syntax;
  private final Map<String, List<String>> options = new HashMap<>();
  private final List<String> parameters = new ArrayList<>();

  private Words(Syntax syntax) {
    this.syntax = syntax;
  }

  /**
   * Parses.
   *
   * @throws UsageException for unknown and doubly given options, and missing values
   */
  public static Words parse(Syntax syntax, List<String> words) {
    Words parsed = new Words(syntax);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        parsed.parameters.addAll(words.subList(i + 1, words.size()));
        break;
      }
      if (!word.startsWith("-") || word.equals("-")) {
        parsed.parameters.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      Option option = parsed.find(name);
      if (option == null) {
        parsed.addSigned(word, name);
      } else if (!option.takesValue()) {
        parsed.add(option, "", equals >= 0);
      } else if (equals >= 0) {
        parsed.add(option, word.substring(equals + 1), false);
      } else if (option.optional()) {
        parsed.add(option, "", false);
      } else if (++i < words.size()) {
        parsed.add(option, words.get(i), false);
      } else {
        throw new UsageException("the option %s needs a value: %s".formatted(name, option.label()));
      }
    }
    return parsed;
  }

  private @Nullable Option find(String name) {
    for (Option option : syntax.options()) {
      if (option.names().contains(name)) {
        return option;
      }
    }
    return null;
  }

  /** A first parameter may be an expression that begins with a minus sign. */
  private void addSigned(String word, String name) {
    boolean looksLikeOption =
        word.startsWith("--") && word.length() > 2 && Character.isLetter(word.charAt(2));
    if (looksLikeOption || !parameters.isEmpty() || !syntax.beginsWithExpression()) {
      List<String> known = new ArrayList<>();
      syntax.options().forEach(option -> known.addAll(option.names()));
      throw new UsageException(
          "unknown option '%s'%s".formatted(name, Suggestions.didYouMean(name, known)));
    }
    parameters.add(word);
  }

  private void add(Option option, String value, boolean superfluous) {
    if (superfluous) {
      throw new UsageException("the option %s takes no value".formatted(option.key()));
    }
    List<String> values = options.computeIfAbsent(option.key(), key -> new ArrayList<>());
    if (!values.isEmpty() && option.takesValue() && !option.repeated()) {
      throw new UsageException("the option %s is given twice".formatted(option.key()));
    }
    values.add(value);
  }

  /** Refuses missing and superfluous parameters. */
  public Words complete() {
    List<Parameter> expected = syntax.parameters();
    if (!expected.isEmpty() && expected.getFirst().required() && parameters.isEmpty()) {
      throw new UsageException(
          "%s is missing: %s"
              .formatted(expected.getFirst().label(), expected.getFirst().description()));
    }
    boolean many = !expected.isEmpty() && expected.getLast().many();
    if (!many && parameters.size() > expected.size()) {
      throw new UsageException(
          "'%s' is one word too many".formatted(parameters.get(expected.size())));
    }
    return this;
  }

  /** Whether an option, named by its long name, was given. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /** The value of an option; empty when it was not given. */
  public String value(String option) {
    List<String> values = values(option);
    return values.isEmpty() ? "" : values.getLast();
  }

  /** All values of an option. */
  public List<String> values(String option) {
    return options.getOrDefault(option, List.of());
  }

  /** The words that are no options. */
  public List<String> parameters() {
    return parameters;
  }
}
