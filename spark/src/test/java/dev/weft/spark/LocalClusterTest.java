package dev.weft.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.cluster.PlanFile;
import dev.weft.cli.cluster.PlanWords;
import dev.weft.cli.cluster.PlannedJob;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.npy.Npy;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on two executors: the bits of one process, whatever becomes of an executor. */
class LocalClusterTest {
  /** Maps, reductions of both axes, new chunks, running sums, products. */
  private static final String JOB =
      """
      y = sqrt(concatenate([arange(720000), arange(720000)]).reshape(1200, 1200) + a)
      centred = (y - y.mean(0)) / y.std()
      total = y.cumsum(1).sum(0)
      product = y[:200] @ y[:200].T
      """;

  private static final int KILLS = 20;

  /** The job has more tasks. */
  private static final int LATEST = 31;

  /** So many jobs lose files at the latest. */
  private static final int MOST_JOBS = 50;

  private static final String[] RESULTS = {"centred.zarr", "total.npy", "product.zarr"};

  private static final SessionConfig LIMITS =
      SessionConfig.defaults().withThreads(2).withMemoryLimit(1L << 28);

  private static JavaSparkContext spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    spark = LocalCluster.start(LocalCluster.conf());
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("job.weft"), JOB);
    double[] values = new double[1200 * 1200];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.37 % 11;
    }
    try (HostArray array = HostArray.of(values, Shape.of(1200, 1200))) {
      Npy.write(folder.resolve("a.npy"), array);
    }
  }

  private PlanFile plan(String job, String... more) {
    List<Option> options = new ArrayList<>(PlanWords.OPTIONS);
    options.addAll(Settings.LIMITS);
    List<String> words = new ArrayList<>(List.of(job, "a=" + folder.resolve("a.npy")));
    words.addAll(List.of(more));
    Words parsed = Words.parse(new Syntax("", JobArguments.PARAMETERS, options), words);
    return PlannedJob.plan(
        PlanWords.draft(parsed, LIMITS, 1, folder.resolve("chunks")),
        LIMITS.withSpillFolder(folder));
  }

  private PlanFile plan() {
    List<String> words = new ArrayList<>(List.of("--chunks=64"));
    words.addAll(outputs(""));
    return plan(JOB, words.toArray(String[]::new));
  }

  private List<String> outputs(String prefix) {
    List<String> outputs = new ArrayList<>();
    for (String result : RESULTS) {
      String name = result.substring(0, result.indexOf('.'));
      outputs.add("--out=%s=%s".formatted(name, folder.resolve(prefix + result)));
    }
    return outputs;
  }

  private byte[] elements(String file) {
    try (Session session = Session.open(LIMITS.withMemoryLimit(1L << 30));
        HostArray array = session.load(folder.resolve(file)).compute()) {
      return array.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private void run(PlanFile plan) {
    WeftSpark.run(spark, plan, LIMITS.withSpillFolder(folder));
  }

  private void compare() throws Exception {
    for (String result : RESULTS) {
      assertThat(elements(result)).as(result).isEqualTo(elements("whole-" + result));
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("weft-spark-"));
    }
  }

  /** The results of weft run. */
  private void whole() {
    List<String> words =
        new ArrayList<>(
            List.of("run", folder.resolve("job.weft").toString(), "a=" + folder.resolve("a.npy")));
    words.addAll(List.of("--chunks=64", "--quiet"));
    words.addAll(outputs("whole-"));
    Console console = Console.of(System.out, System.err);
    assertThat(dev.weft.cli.Main.run(words.toArray(String[]::new), console)).isZero();
  }

  @Test
  void jobsHaveTheBitsOfOneProcess() throws Exception {
    whole();
    run(plan());
    compare();
  }

  /** Kills an executor when so many tasks have ended. */
  private static final class Killer extends SparkListener {
    private final int after;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger killed = new AtomicInteger();

    Killer(int after) {
      this.after = after;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (ended.incrementAndGet() == after) {
        killed.addAndGet(LocalCluster.executors().getFirst().destroyForcibly() ? 1 : 0);
      }
    }
  }

  @Test
  @Tag("long")
  void anExecutorThatIsKilledInAnyPhaseChangesNoBit() throws Exception {
    whole();
    int killed = 0;
    int kills = LongSuites.part(KILLS);
    SplittableRandom random = new SplittableRandom(3);
    for (int kill = 0; kill < kills; kill++) {
      int after = random.nextInt(1, LATEST);
      Killer killer = new Killer(after);
      spark.sc().addSparkListener(killer);
      try {
        run(plan());
      } finally {
        spark.sc().removeSparkListener(killer);
      }
      compare();
      killed += killer.killed.get();
    }
    assertThat(killed).isEqualTo(kills);
    System.out.printf(
        "spark: %d executors killed, %d jobs survived, the bits of one process%n", killed, kills);
  }

  /** Removes all shuffle files when a stage is complete whose files the next one reads. */
  private static final class Loser extends SparkListener {
    private final AtomicInteger lost = new AtomicInteger();

    @Override
    public void onStageCompleted(SparkListenerStageCompleted end) {
      if (lost.get() > 0) {
        return;
      }
      try {
        Files.walkFileTree(
            LocalCluster.disk(),
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
                  throws IOException {
                lost.addAndGet(isShuffled(file) && Files.deleteIfExists(file) ? 1 : 0);
                return FileVisitResult.CONTINUE;
              }

              /** Spark removes files of other jobs meanwhile. */
              @Override
              public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
              }

              @Override
              public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
              }
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isShuffled(Path file) {
      return file.getFileName().toString().matches("shuffle_.*[.]data");
    }
  }

  @Test
  void shuffleFilesThatAreLostChangeNoBit() throws Exception {
    whole();
    Loser loser = new Loser();
    spark.sc().addSparkListener(loser);
    try {
      // Listeners hear late on a busy machine, perhaps when the job has ended and its files are
      // gone.
      for (int job = 0; job < MOST_JOBS && loser.lost.get() == 0; job++) {
        run(plan());
        compare();
      }
    } finally {
      spark.sc().removeSparkListener(loser);
    }
    assertThat(loser.lost.get()).isPositive();
    System.out.printf(
        "spark: %d shuffle files lost, the job survived, the bits of one process%n",
        loser.lost.get());
  }

  @Test
  void failuresOfTasksAreTold() {
    String result = "--to=" + folder.resolve("r.npy");
    PlanFile plan = plan("a + 1", result);
    PlanFile other = plan.with("java", "8");
    assertThatThrownBy(() -> run(other))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it would not give the same bits: java was 8, and is ");
    assertThat(folder.resolve("r.npy")).doesNotExist();
    // Executors have less memory than one task needs.
    PlanFile large =
        plan(
            "concatenate([arange(30000000), arange(30000000)]).reshape(3, 20000000).T.reshape(60000000)",
            result);
    assertThatThrownBy(() -> run(large))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("the job failed on Spark: ")
        .hasMessageMatching("(?s).*DeviceMemoryException: the job needs [0-9,]+ bytes .*");
    assertThat(folder.resolve("r.npy")).doesNotExist();
  }
}
