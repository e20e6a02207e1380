package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands over tables of docs/command-line.md print what the page says. */
class TablesPageTest {
  private static final Path PAGE = Path.of("../docs/command-line.md");

  /** A command and what it prints, to the next one or the end of the block. */
  private static final Pattern EXAMPLE =
      Pattern.compile("\\$ weft (?<command>(?:table|head) .*)\n(?<output>(?:[^$`].*\n)*)");

  /** A word of a shell, perhaps with quotes in it. */
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^' ])+");

  @TempDir private static Path folder;

  record Example(String command, String output) {}

  @BeforeAll
  static void saveTheDataOfTheDemo() {
    assertThat(weft(new ByteArrayOutputStream(), "demo", "--save", folder.resolve("data") + ""))
        .isZero();
  }

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      examples.add(new Example(matcher.group("command"), matcher.group("output")));
    }
    assertThat(examples).hasSizeGreaterThan(4);
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatThePageSays(Example example) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(example.command());
    while (word.find()) {
      words.add(
          word.group()
              .replace("'", "")
              .replace("data/", folder.resolve("data") + "/")
              .replaceAll("^(sides\\.csv)$", folder + "/$1"));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(weft(out, words.toArray(String[]::new))).isZero();
    String told = out.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    assertThat(timeless(told)).isEqualTo(timeless(example.output()));
  }

  private static String timeless(String told) {
    return told.replaceAll("in [0-9.]+ s\n", "in a while\n");
  }

  private static int weft(ByteArrayOutputStream out, String... words) {
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    return Main.run(words, Console.of(print, System.err));
  }
}
