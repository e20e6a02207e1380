package dev.weft.cli.options;

import dev.weft.cli.language.SourceText;
import dev.weft.cli.options.Syntax.Parameter;
import dev.weft.core.error.UsageException;
import dev.weft.io.object.Addresses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An expression or a job file, and what its names stand for.
 *
 * @param source the text
 * @param inputs name to file
 */
public record JobArguments(SourceText source, Map<String, Path> inputs) {
  static final String JOB_ENDING = ".weft";

  /** What commands take that compute something. */
  public static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter(
              Syntax.EXPRESSION + "|FILE" + JOB_ENDING,
              true,
              false,
              "an expression, a job file, or - for a job on standard input"),
          new Parameter(
              "NAME=FILE",
              false,
              true,
              "what a name in the expression stands for: a file, FILE#NAME for an array in it, or several as in 'run-*.npy'"));

  /** What the words of such a command name. */
  public static JobArguments of(Words parsed) {
    List<String> words = parsed.parameters();
    Map<String, Path> inputs = new LinkedHashMap<>();
    for (String word : words.subList(1, words.size())) {
      NamedFile file = NamedFile.parse("input", word);
      if (inputs.put(file.name(), file.path()) != null) {
        throw new UsageException("the input " + file.name() + " is given twice");
      }
    }
    return new JobArguments(source(words.getFirst()), inputs);
  }

  /**
   * The text of an expression, of a job file or, for "-", of standard input.
   *
   * @param first the word that says which
   */
  public static SourceText source(String first) {
    try {
      if (first.equals("-")) {
        return new SourceText(
            "standard input", new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
      }
      if (first.endsWith(JOB_ENDING)) {
        Path file = Addresses.path(first);
        if (!Files.exists(file)) {
          throw new UsageException("the job file " + first + " does not exist");
        }
        return new SourceText(first, Files.readString(file));
      }
    } catch (IOException e) {
      throw new UsageException("read " + first + ": " + e, e);
    }
    return SourceText.of(first);
  }

  /** The expression in one line, or the name of the job's file. */
  public String title() {
    return source.name().isEmpty() ? source.text().strip().replaceAll("\\s+", " ") : source.name();
  }

  /** A name and the file behind it, written {@code name=path}. */
  public record NamedFile(String name, Path path) {
    /** The name and the file of a word; {@code what} says what they are for. */
    public static NamedFile parse(String what, String word) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? "" : word.substring(0, equals);
      if (!isName(name) || equals == word.length() - 1) {
        throw new UsageException(
            "the %s '%s' is not of the form name=file.npy%s"
                .formatted(
                    what,
                    word,
                    equals < 0 ? "; an expression with spaces must stand in quotes" : ""));
      }
      return new NamedFile(name, Addresses.path(word.substring(equals + 1)));
    }

    private static boolean isName(String text) {
      if (text.isEmpty() || !Character.isJavaIdentifierStart(text.charAt(0))) {
        return false;
      }
      for (int i = 1; i < text.length(); i++) {
        if (!Character.isJavaIdentifierPart(text.charAt(i))) {
          return false;
        }
      }
      return true;
    }
  }
}
