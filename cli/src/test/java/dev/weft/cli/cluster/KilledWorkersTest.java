package dev.weft.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.shape.Shape;
import dev.weft.io.npy.Npy;
import dev.weft.testkit.LongSuites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that share a folder, and are killed, late, absent, or find chunks damaged. */
class KilledWorkersTest {
  private static final int KILLS = 60;

  /** Maps, reductions of both axes, new chunks, running sums, products. */
  private static final String JOB =
      """
      y = sqrt(arange(1440000).reshape(1200, 1200) + a)
      centred = (y - y.mean(0)) / y.std()
      total = y.cumsum(1).sum(0)
      product = y[:200] @ y[:200].T
      """;

  private static final String[] RESULTS = {"centred.zarr", "total.npy", "product.zarr"};

  @TempDir Path folder;

  private WorkerProcesses begin() throws Exception {
    WorkerProcesses weft = new WorkerProcesses(folder);
    Files.writeString(folder.resolve("job.weft"), JOB);
    double[] values = new double[1200 * 1200];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.37 % 11;
    }
    try (HostArray array = HostArray.of(values, Shape.of(1200, 1200))) {
      Npy.write(folder.resolve("a.npy"), array);
    }
    return weft;
  }

  private static String[] words(String command, String prefix, String... more) {
    List<String> words = new ArrayList<>(List.of(command, "job.weft", "a=a.npy", "--chunks=64"));
    for (String result : RESULTS) {
      words.add("--out=" + result.substring(0, result.indexOf('.')) + "=" + prefix + result);
    }
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private void compare(WorkerProcesses weft) {
    for (String result : RESULTS) {
      assertThat(weft.elements(result)).as(result).isEqualTo(weft.elements("whole-" + result));
    }
    assertThat(weft.chunks()).as("files but for the mark of the end").isEqualTo(1);
  }

  @Test
  @Tag("long")
  void workersThatAreKilledAndStartedAgainGiveTheBitsOfOneProcess() throws Exception {
    WorkerProcesses weft = begin();
    weft.run(words("run", "whole-", "-q"));
    weft.run(words("plan", "", "-o", "plan.weft", "--slices=3"));
    int kills = LongSuites.part(KILLS);
    SplittableRandom random = new SplittableRandom(11);
    Process[] workers = new Process[3];
    int started = 0;
    int killed = 0;
    int spoiled = 0;
    while (!isDone(workers)) {
      for (int i = 0; i < workers.length; i++) {
        if (workers[i] == null || !workers[i].isAlive() && workers[i].exitValue() != 0) {
          workers[i] =
              weft.start("worker" + i, "work", "plan.weft", "--slice=" + i + "/3", "--patience=2s");
          started++;
        }
      }
      Thread.sleep(500 + random.nextInt(2500));
      if (killed < kills) {
        int one = random.nextInt(workers.length);
        killed += workers[one].isAlive() ? 1 : 0;
        workers[one].destroyForcibly().waitFor();
        spoiled += spoil(weft, random) ? 1 : 0;
      }
    }
    compare(weft);
    assertThat(killed).isPositive();
    System.out.printf(
        "workers: %d started, %d killed, %d chunks damaged, all survived, the bits of one process%n",
        started, killed, spoiled);
  }

  private static boolean isDone(Process[] workers) {
    for (Process worker : workers) {
      if (worker == null || worker.isAlive() || worker.exitValue() != 0) {
        return false;
      }
    }
    return true;
  }

  /** Cuts a chunk that is there, as a machine may that has lost its power. */
  private static boolean spoil(WorkerProcesses weft, SplittableRandom random) {
    List<Path> files =
        weft.files().stream().filter(file -> file.toString().contains("array-")).toList();
    if (files.isEmpty()) {
      return false;
    }
    Path file = files.get(random.nextInt(files.size()));
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[random.nextInt(bytes.length)] ^= 1;
      Files.write(file, bytes);
      return true;
    } catch (java.io.IOException e) {
      // It has gone meanwhile.
      return false;
    }
  }

  @Test
  void aSliceThatNobodyWorksOnIsTakenOverAndComesBackTooLate() throws Exception {
    WorkerProcesses weft = begin();
    weft.run(words("run", "whole-", "-q"));
    weft.run(words("plan", "", "-o", "plan.weft", "--slices=2"));
    // The first slice writes the results as a rule.
    Process second = weft.start("second", "work", "plan.weft", "--slice=1/2", "--patience=1s");
    assertThat(second.waitFor()).as(weft.said("second")).isZero();
    assertThat(weft.said("second"))
        .matches(
            "(?s).*weft: slice 1/2 is done: [0-9,]+ tasks of its own, [1-9][0-9,]* of others; wrote the results\\n");
    compare(weft);
    Process first = weft.start("first", "work", "plan.weft", "--slice=0/2");
    assertThat(first.waitFor()).isZero();
    assertThat(weft.said("first"))
        .endsWith("weft: slice 0/2 is done: 0 tasks of its own, 0 of others\n");
    compare(weft);
  }
}
