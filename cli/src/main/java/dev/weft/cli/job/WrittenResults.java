package dev.weft.cli.job;

import dev.weft.cli.options.Writing;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayFiles;
import dev.weft.io.WriteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Targets of the results that are written to files. */
public final class WrittenResults {
  private WrittenResults() {}

  /**
   * One for each result.
   *
   * @param resumed the interrupted job to go on with; null to start anew
   * @throws UsageException when a file cannot be written as it is asked for
   */
  public static List<ArrayTarget> targets(
      List<Result> results, Writing writing, @Nullable ResumedJob resumed) {
    List<Path> files = new ArrayList<>();
    List<WriteOptions> options = new ArrayList<>();
    for (Result result : results) {
      files.add(Objects.requireNonNull(result.file()));
      options.add(writing.options(result.name(), result.array().shape()));
    }
    if (resumed == null) {
      return ArrayFiles.targets(files, options);
    }
    List<ArrayTarget> targets = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      targets.add(ArrayFiles.resume(files.get(i), options.get(i), resumed.of(results.get(i))));
    }
    return targets;
  }
}
