package dev.weft.spark;

import dev.weft.cli.cluster.PlanFile;
import dev.weft.cli.cluster.PlanWords;
import dev.weft.cli.cluster.PlannedJob;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The program for {@code spark-submit}: {@code run EXPR|FILE.weft NAME=FILE... --to FILE}. Exit
 * codes are those of {@code weft}: 0 done, 1 the job failed, 2 wrong use.
 */
public final class Main {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  private Main() {}

  /** Runs a job and ends the process. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.err));
  }

  private static Syntax syntax() {
    List<Option> options = new ArrayList<>(PlanWords.OPTIONS);
    options.add(
        Option.value(
            "MASTER",
            "where to run, such as local-cluster[2,1,1024]; spark-submit says it",
            "--on"));
    options.addAll(Settings.LIMITS);
    return new Syntax(
        "Runs a job on Apache Spark and writes its results.", JobArguments.PARAMETERS, options);
  }

  /** Runs a job; the exit code. */
  static int run(List<String> arguments, PrintStream err) {
    try {
      if (arguments.isEmpty() || !arguments.getFirst().equals("run")) {
        throw new UsageException(
            "the words are %s; write: run EXPR|FILE.weft NAME=FILE... --to FILE"
                .formatted(arguments));
      }
      run(Words.parse(syntax(), arguments.subList(1, arguments.size())).complete());
      return 0;
    } catch (UsageException e) {
      err.println("weft: " + e.getMessage());
      return WRONG_USE;
    } catch (WeftException e) {
      err.println("weft: " + e.getMessage());
      return FAILED;
    }
  }

  private static void run(Words words) {
    SessionConfig limits = Settings.config(words);
    // Chunks of results pass through a folder of their own.
    PlanFile draft = PlanWords.draft(words, limits, 1, Path.of("unused"));
    PlanFile plan = PlannedJob.plan(draft, limits);
    SparkConf conf = new SparkConf();
    if (!conf.contains("spark.app.name")) {
      conf.setAppName("weft " + JobArguments.of(words).title());
    }
    if (words.has("--on")) {
      conf.setMaster(words.value("--on"));
    }
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      WeftSpark.run(spark, plan, limits);
    }
  }
}
