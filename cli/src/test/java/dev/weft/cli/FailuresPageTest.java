package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java of docs/failures.md: it compiles, and prints what the page says. */
class FailuresPageTest {
  private static final Path PAGE = Path.of("../docs/failures.md");

  /** A block of Java, and one without a language right behind it: what it prints. */
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n(?<code>.*?)```\n\n```\n(?<output>.*?)```\n", Pattern.DOTALL);

  /** All in one line: the first line of an example is the second of the program. */
  private static final String HEADER =
      """
      import module java.base; import dev.weft.core.*; import dev.weft.core.error.*; \
      public class Program { public static void main(String[] arguments) throws Exception {
      """;

  @TempDir private Path classes;

  record Example(String code, String output) {}

  static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
    while (matcher.find()) {
      examples.add(new Example(matcher.group("code"), matcher.group("output")));
    }
    assertThat(examples).hasSizeGreaterThan(3);
    return examples;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatThePageSays(Example example) throws Exception {
    compile(HEADER + example.code() + "}}");
    assertThat(run()).isEqualTo(example.output());
  }

  /** No example is left out because nothing stands behind it. */
  @Test
  void everyBlockIsAnExample() throws IOException {
    String page = Files.readString(PAGE);
    long blocks = Pattern.compile("```java\n").matcher(page).results().count();
    assertThat(examples()).hasSize((int) blocks);
  }

  private void compile(String text) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    List<String> options =
        List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    boolean compiles =
        compiler.getTask(null, null, problems, options, null, List.of(source)).call();
    assertThat(compiles).as(problems.getDiagnostics().toString()).isTrue();
  }

  private String run() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass("Program")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
