package dev.weft.cli.cluster;

import dev.weft.cli.job.InputFiles;
import dev.weft.cli.job.Result;
import dev.weft.cli.job.WrittenResults;
import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.Parser;
import dev.weft.cli.language.SourceText;
import dev.weft.cli.machine.Version;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.options.Writing;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.SlicedJob;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayFiles;
import dev.weft.io.object.Addresses;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The job of a {@link PlanFile}, planned in this process and known to be planned exactly as in the
 * process that wrote the file. Close it to give back the session and the inputs.
 */
public final class PlannedJob implements AutoCloseable {
  private static final String FINGERPRINT = "fingerprint";

  /** What plans keep of the command line: how inputs are read and results written. */
  static final Syntax KEPT = new Syntax("", List.of(), kept());

  private final Session session;
  private final InputFiles inputs;
  private final List<Result> results;
  private final Words options;
  private final SlicedJob job;

  private PlannedJob(PlanFile plan, SessionConfig limits) {
    SessionConfig config = limits.withDevice("cpu").withChunkBytes(plan.chunkBytes());
    this.options = Words.parse(KEPT, plan.options());
    this.session = Session.open(config);
    try {
      Map<String, Path> files = new LinkedHashMap<>();
      plan.inputs().forEach((name, file) -> files.put(name, onDisk(Addresses.path(file))));
      this.inputs = new InputFiles(session, Settings.reading(options, files.keySet()), files);
      Evaluator.Outputs outputs =
          Evaluator.evaluate(session, Parser.job(new SourceText(plan.name(), plan.job())), inputs);
      this.results = Result.wanted(outputs, options.value("--to"), options.values("--out"));
      requireFiles();
      List<NDArray> arrays = results.stream().map(Result::array).toList();
      this.job = SlicedJob.of(session, arrays, targets(), plan.memory());
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  static List<Option> kept() {
    List<Option> options = new ArrayList<>(Settings.INPUTS);
    options.addAll(Writing.OPTIONS);
    options.add(Option.value("FILE", "write the result to this file", "--to"));
    options.add(Result.NAMED);
    return options;
  }

  private void requireFiles() {
    for (Result result : results) {
      Path file = result.file();
      if (file == null) {
        throw new UsageException(
            "a plan writes all its results to files: add --to FILE, or --out NAME=FILE for values of a job");
      }
      onDisk(file);
    }
  }

  private static Path onDisk(Path path) {
    if (path.getFileSystem() != FileSystems.getDefault()) {
      throw new UsageException(
          "%s: plans read and write files that all workers reach, and no objects yet. Copy it to or from a file, or use weft run"
              .formatted(path));
    }
    return path;
  }

  /** Plans a job for the first time; the plan with all that other processes must find the same. */
  public static PlanFile plan(PlanFile draft, SessionConfig limits) {
    try (PlannedJob planned = new PlannedJob(draft, limits)) {
      PlanFile plan = draft.with(FINGERPRINT, planned.job.fingerprint());
      for (Map.Entry<String, String> fact : facts(draft).entrySet()) {
        plan = plan.with(fact.getKey(), fact.getValue());
      }
      return plan;
    }
  }

  private static Map<String, String> facts(PlanFile plan) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("weft", Version.text());
    facts.put("java", Runtime.version().toString());
    plan.inputs()
        .forEach((name, file) -> facts.put("input " + name, ArrayFiles.state(Path.of(file))));
    return facts;
  }

  /**
   * Plans the job of a plan again.
   *
   * @param limits threads and memory of this process
   * @throws UsageException when this process has other versions or inputs than the one that wrote
   *     the plan, or plans the job in another way
   */
  public static PlannedJob open(PlanFile plan, SessionConfig limits) {
    for (Map.Entry<String, String> fact : facts(plan).entrySet()) {
      require(plan, fact.getKey(), fact.getValue());
    }
    PlannedJob planned = new PlannedJob(plan, limits);
    try {
      require(plan, FINGERPRINT, planned.job.fingerprint());
      return planned;
    } catch (RuntimeException e) {
      planned.close();
      throw e;
    }
  }

  private static void require(PlanFile plan, String fact, String here) {
    String there = plan.facts().get(fact);
    if (!here.equals(there)) {
      throw new UsageException(
          "this process cannot work on the plan, since it would not give the same bits: %s was %s, and is %s here. Use the same versions, inputs and kind of machine, or write the plan anew"
              .formatted(fact, there, here));
    }
  }

  /** The tasks. */
  public SlicedJob job() {
    return job;
  }

  /** New targets of the results. */
  public List<ArrayTarget> targets() {
    Writing writing = Writing.of(options, results.stream().map(Result::name).toList());
    return WrittenResults.targets(results, writing, null);
  }

  /** The files that are written. */
  public List<Path> files() {
    return results.stream().map(Result::file).map(Path.class::cast).toList();
  }

  @Override
  public void close() {
    inputs.close();
    session.close();
  }
}
