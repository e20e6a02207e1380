package dev.weft.cli.cluster;

import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.JobArguments.NamedFile;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.io.object.Addresses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The words of a command line that plans keep, with absolute paths. */
public final class PlanWords {
  /** The options that plans keep. */
  public static final List<Option> OPTIONS = PlannedJob.kept();

  private PlanWords() {}

  /**
   * The plan of a command line, but for what is found when it is planned.
   *
   * @param limits threads and memory of the process that plans
   */
  public static PlanFile draft(Words words, SessionConfig limits, int slices, Path folder) {
    JobArguments arguments = JobArguments.of(words);
    Map<String, String> inputs = new LinkedHashMap<>();
    arguments.inputs().forEach((name, file) -> inputs.put(name, absolute(file)));
    long chunkBytes;
    try (Session session = Session.open(limits.withDevice("cpu"))) {
      chunkBytes = session.chunkSize().targetBytes();
    }
    return new PlanFile(
        Map.of(),
        arguments.source().name(),
        arguments.source().text(),
        inputs,
        kept(words),
        chunkBytes,
        limits.memoryLimit(),
        slices,
        folder.toAbsolutePath().normalize().toString());
  }

  private static List<String> kept(Words words) {
    List<String> kept = new ArrayList<>();
    for (Option option : OPTIONS) {
      String key = option.key();
      for (String value : words.values(key)) {
        kept.add(
            switch (key) {
              case "--to" -> key + "=" + (Addresses.is(value) ? value : absolute(Path.of(value)));
              case "--out" -> {
                NamedFile named = NamedFile.parse("output", value);
                yield "%s=%s=%s".formatted(key, named.name(), absolute(named.path()));
              }
              default -> option.takesValue() ? key + "=" + value : key;
            });
      }
    }
    return kept;
  }

  /** Several files, as in a.npy,b.npy, each by itself. */
  private static String absolute(Path path) {
    // An object's address is whole, and is not looked for.
    if (Addresses.is(path.toString())) {
      return path.toString();
    }
    if (Files.exists(path) || !path.toString().contains(",")) {
      return path.toAbsolutePath().normalize().toString();
    }
    return Arrays.stream(path.toString().split(","))
        .map(part -> Path.of(part).toAbsolutePath().normalize().toString())
        .collect(Collectors.joining(","));
  }
}
