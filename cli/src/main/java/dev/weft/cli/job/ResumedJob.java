package dev.weft.cli.job;

import dev.weft.cli.machine.Version;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.Session;
import dev.weft.io.ArrayFiles;
import dev.weft.io.Resumption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** By what it is known that a job is the one that was interrupted. */
public final class ResumedJob {
  private final Resumption common;

  /** The job of a command. */
  public ResumedJob(Session session, Words options, JobArguments arguments, Console console) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("expression", arguments.source().text().strip());
    arguments
        .inputs()
        .forEach((name, file) -> facts.put("input " + name, file + ", " + ArrayFiles.state(file)));
    facts.put("weft", Version.text());
    facts.put("java", Runtime.version().toString());
    facts.put(
        "devices",
        session.devices().stream()
            .map(device -> device.name() + ", " + device.description())
            .toList()
            .toString());
    facts.put("--decode", options.has("--decode") ? "given" : "not given");
    for (String reading : List.of("--chunks", "--concat", "--raw")) {
      facts.put(reading, options.values(reading).toString());
    }
    boolean quiet = options.has("--quiet");
    this.common =
        new Resumption(facts, text -> console.err().print(quiet ? "" : "weft: " + text + "\n"));
  }

  /** What is to be known of one result. */
  public Resumption of(Result result) {
    // Sums depend on the chunks, which may depend on the machine's cache.
    return common.with("value", result.name()).with("chunks", result.array().chunks().toString());
  }
}
