package dev.weft.cli.job;

import dev.weft.cli.language.Evaluator.Output;
import dev.weft.cli.language.Evaluator.Outputs;
import dev.weft.cli.options.JobArguments.NamedFile;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.core.NDArray;
import dev.weft.core.error.UsageException;
import dev.weft.io.object.Addresses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something to compute, and where it goes.
 *
 * @param name what it is called
 * @param array the value
 * @param file the file to write; null to print it
 */
public record Result(String name, NDArray array, @Nullable Path file) {
  /** The option by which values of a job are named that are written to files. */
  public static final Option NAMED =
      new Option(
          List.of("--out"),
          "NAME=FILE",
          true,
          "write the job's value NAME to this file; may be given several times");

  /**
   * Which of a job's values are wanted: those of {@code --out}; the expression at the end, printed
   * or written to {@code -o}; where there is neither, the value of the last line.
   */
  public static List<Result> wanted(Outputs outputs, String single, List<String> named) {
    List<Result> results = new ArrayList<>();
    for (String word : named) {
      NamedFile file = NamedFile.parse("output", word);
      results.add(new Result(file.name(), outputs.value(file.name()), file.path()));
    }
    List<Output> last = last(outputs, single.isEmpty() && !named.isEmpty());
    if (!single.isEmpty() && last.size() != 1) {
      throw new UsageException(
          "-o takes one result, but the expression has %d; name them in a job and use --out name=FILE"
              .formatted(last.size()));
    }
    for (Output output : last) {
      Path file = single.isEmpty() ? null : Addresses.path(single);
      results.add(new Result(output.name(), output.array(), file));
    }
    Set<Path> files = new HashSet<>();
    for (Result result : results) {
      if (result.file != null && !files.add(result.file.toAbsolutePath().normalize())) {
        throw new UsageException("two results go to the same file " + result.file);
      }
    }
    return results;
  }

  private static List<Output> last(Outputs outputs, boolean enough) {
    if (!outputs.last().isEmpty() || enough) {
      return outputs.last();
    }
    String name = new ArrayList<>(outputs.named().keySet()).getLast();
    return List.of(new Output(name, outputs.value(name)));
  }
}
