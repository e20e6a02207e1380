package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import dev.weft.io.npy.Npy;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft run --resume}, killed again and again until it is done. */
class ResumedProcessTest {
  private static final int KILLS = 100;
  private static final String JOB = "sqrt(arange(9000000).reshape(3000, 3000)) - y";

  @TempDir Path folder;

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.weft.cli.Main",
                "run",
                JOB,
                "y=y.npy"));
    command.addAll(Arrays.asList(options));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private void input(double value) {
    try (HostArray array = HostArray.of(new double[] {value})) {
      Npy.write(folder.resolve("y.npy"), array);
    }
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  @Test
  @Tag("long")
  void aJobThatIsKilledUntilItIsDoneGivesTheSameBits() throws Exception {
    input(3);
    assertThat(start("-o", "whole.zarr", "-q").waitFor()).isZero();
    int kills = LongSuites.part(KILLS);
    int killed = 0;
    int done = 0;
    int wentOn = 0;
    SplittableRandom random = new SplittableRandom(5);
    while (killed < kills) {
      long before = unfinished();
      boolean later = random.nextInt(8) > 0;
      Process weft = start("-o", "r.zarr", "--resume");
      // Most kills hit a job that has written something, some of them the start.
      while (weft.isAlive() && later && unfinished() <= before) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(later ? 100 : 1500));
      killed += weft.isAlive() ? 1 : 0;
      weft.destroyForcibly().waitFor();
      wentOn += said().contains("weft: go on with r.zarr") ? 1 : 0;
      if (Files.exists(folder.resolve("r.zarr"))) {
        done++;
        compare();
      }
    }
    assertThat(start("-o", "r.zarr", "--resume").waitFor()).as(said()).isZero();
    compare();
    assertThat(names()).noneMatch(name -> name.startsWith("."));
    assertThat(wentOn).isPositive();
    System.out.printf(
        "resume: %d runs killed, %d went on with chunks, done %d times, always the same bits%n",
        killed, wentOn, done + 1);
  }

  @Test
  void aChangedInputStartsAnewAndSaysSo() throws Exception {
    input(3);
    interrupt();
    input(4);
    assertThat(start("-o", "r.zarr", "--resume").waitFor()).isZero();
    assertThat(said()).contains("weft: start r.zarr anew: input y was y.npy, 136 bytes in 1 file");
    assertThat(start("-o", "r.npy", "--resume").waitFor()).isNotZero();
    assertThat(said()).contains("write r.npy: a file of npy that was begun cannot be gone on with");
    assertThat(start("--resume").waitFor()).isNotZero();
    assertThat(said()).contains("--resume needs a file to go on with: add -o FILE.zarr");
  }

  /** Sums over inputs that are cut otherwise may have other bits. */
  @Test
  void otherChunksOfAnInputStartAnew() throws Exception {
    input(3);
    interrupt();
    assertThat(start("-o", "r.zarr", "--resume", "--chunks", "y=1").waitFor()).isZero();
    assertThat(said()).contains("weft: start r.zarr anew: --chunks was [], and is [y=1]");
  }

  /** Kills a run that has written a chunk at least. */
  private void interrupt() throws IOException, InterruptedException {
    Path complete = folder.resolve("r.zarr");
    do {
      Trees.delete(complete, FileOperations.SYSTEM);
      Process weft = start("-o", "r.zarr", "--resume");
      while (weft.isAlive() && unfinished() == 0) {
        Thread.sleep(5);
      }
      weft.destroyForcibly().waitFor();
    } while (Files.exists(complete));
  }

  /** Chunks of an unfinished store. */
  private long unfinished() throws IOException {
    try (Stream<Path> files = Files.find(folder, 3, (file, about) -> about.isRegularFile())) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().startsWith("c.")
                      && file.toString().contains(".weft-resume-"))
          .count();
    } catch (UncheckedIOException e) {
      return 0;
    }
  }

  private void compare() throws IOException {
    TreeMap<String, Long> expected = contents("whole.zarr");
    assertThat(contents("r.zarr")).isEqualTo(expected).hasSizeGreaterThan(10);
    Trees.delete(folder.resolve("r.zarr"), FileOperations.SYSTEM);
  }

  private TreeMap<String, Long> contents(String store) throws IOException {
    TreeMap<String, Long> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve(store))) {
      for (Path file : files.toList()) {
        CRC32C sum = new CRC32C();
        sum.update(Files.readAllBytes(file));
        contents.put(file.getFileName().toString(), sum.getValue());
      }
    }
    return contents;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
