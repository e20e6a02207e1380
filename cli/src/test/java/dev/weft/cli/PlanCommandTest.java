package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import dev.weft.core.HostArray;
import dev.weft.io.npy.Npy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code weft plan}, {@code work}, {@code watch} and {@code k8s} in this process. */
class PlanCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void write() {
    Npy.write(folder.resolve("x.npy"), HostArray.of(new double[] {1, 2, 3, 4}));
  }

  private int weft(String... words) {
    out.reset();
    err.reset();
    Console console =
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.run(words, console);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int plan(String... more) {
    String[] words = {
      "plan", "(x - x.mean()) * 2", "x=" + file("x.npy"), "--chunks=2", "-o", file("p.weft")
    };
    String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return weft(all);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPlanIsWorkedOnAndWatchedUntilItIsDone() {
    assertThat(plan("--to", file("y.npy"))).as(err()).isZero();
    assertThat(weft("watch", "--once", file("p.weft"))).isZero();
    assertThat(out())
        .startsWith("0 of 6 tasks are done\n  stage 0, sum: 0 of 2 tasks\n")
        .contains("  stage 3, subtract_multiply: 0 of 2 tasks\n");
    assertThat(weft("work", file("p.weft"), "--slice", "0/1", "--threads=1")).as(err()).isZero();
    assertThat(err())
        .isEqualTo("weft: slice 0/1 is done: 6 tasks of its own, 0 of others; wrote the results\n");
    assertThat(weft("run", "-q", "y", "y=" + file("y.npy"))).isZero();
    assertThat(out()).isEqualTo("[-3. -1.  1.  3.]\n");
    assertThat(weft("watch", file("p.weft"))).isZero();
    assertThat(out()).isEqualTo("done: the results are written\n");
    assertThat(weft("work", file("p.weft"), "--quiet")).isZero();
    assertThat(err()).isEmpty();
  }

  @Test
  void aProcessThatWouldPlanOtherwiseIsRefused() throws IOException {
    assertThat(plan("--to", file("y.npy"))).isZero();
    String plan = Files.readString(folder.resolve("p.weft"));
    Files.writeString(folder.resolve("p.weft"), plan.replace("* 2", "* 3"));
    assertThat(weft("work", file("p.weft"))).isEqualTo(2);
    assertThat(err())
        .startsWith(
            "weft: this process cannot work on the plan, since it would not give the same bits: fingerprint was ")
        .endsWith(
            " here. Use the same versions, inputs and kind of machine, or write the plan anew\n");
    Files.writeString(folder.resolve("p.weft"), plan);
    Npy.write(folder.resolve("x.npy"), HostArray.of(new double[] {1, 2, 3, 4, 5}));
    assertThat(weft("work", file("p.weft"))).isEqualTo(2);
    assertThat(err()).contains("since it would not give the same bits: input x was ");
  }

  @Test
  void whatIsNoPlanIsRefused() throws IOException {
    assertThat(weft("work", file("none.weft"))).isEqualTo(2);
    assertThat(err()).contains("none.weft").contains("weft plan JOB --to RESULT -o ");
    Files.writeString(folder.resolve("p.weft"), "mean(x)");
    assertThat(weft("work", file("p.weft"))).isEqualTo(2);
    assertThat(err()).contains("this is no plan: at character 1 of 7 there is no value");
    for (String[] wrong :
        new String[][] {
          {"{}", "it has no 'format'"},
          {
            "{\"format\": \"weft plan 9\"}",
            "its format is 'weft plan 9', and 'weft plan 1' is read here"
          },
          {"{\"format\": 1}", "'format' is 1.0, and no text"}
        }) {
      Files.writeString(folder.resolve("p.weft"), wrong[0]);
      assertThat(weft("work", file("p.weft"))).isEqualTo(2);
      assertThat(err()).contains("this is no plan: " + wrong[1]);
    }
    assertThat(plan("--to", file("y.npy"))).isZero();
    String plan = Files.readString(folder.resolve("p.weft"));
    for (String[] wrong :
        new String[][] {
          {"\"slices\": 1,", "\"slices\": 1.5,", "'slices' is 1.5, and no whole number"},
          {"\"slices\": 1,", "\"slices\": 0,", "a plan has 0 slices; it needs 1 or more"},
          {"\"options\": [", "\"options\": [1, ", "'options' is 1.0, and no text"},
          {"\"inputs\": {", "\"inputs\": [], \"more\": {", "'inputs' is no map"},
          {"\"options\": [", "\"options\": {}, \"more\": [", "'options' is no list"},
          {
            "\"options\": [",
            "\"options\": [\"--load=java.lang.Runtime\", ",
            "unknown option '--load'"
          }
        }) {
      Files.writeString(folder.resolve("p.weft"), plan.replace(wrong[0], wrong[1]));
      assertThat(weft("work", file("p.weft"))).isEqualTo(2);
      assertThat(err()).contains(wrong[2]);
    }
  }

  @Test
  void plansSayWhatIsMissingAndKeepNoPasswords() {
    assertThat(weft("plan", "1 + 1", "--to", file("y.npy"))).isEqualTo(2);
    assertThat(err()).isEqualTo("weft: a plan is written to a file: add -o plan.weft\n");
    assertThat(plan()).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "weft: a plan writes all its results to files: add --to FILE, or --out NAME=FILE for values of a job\n");
    assertThat(plan("--to", "s3://me:secret@host/y.zarr")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "weft: an option has an address with a password, which everybody could read who sees the plan. Leave it away, and give each process its credentials by its environment\n");
    assertThat(plan("--to", "s3://bucket/y.npy")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "weft: s3://bucket/y.npy: plans read and write files that all workers reach, and no objects yet. Copy it to or from a file, or use weft run\n");
    assertThat(folder.resolve("p.weft")).doesNotExist();
    assertThat(plan("--to", file("y.npy"), "-o", file("none/p.weft"))).isEqualTo(2);
    assertThat(weft("work", file("p.weft"), "--slice=3/3")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "weft: --slice is '3/3'; write a number from 0 on and how many there are, such as 3/64: the last is 63/64\n");
    assertThat(weft("work", file("p.weft"), "--patience=soon")).isEqualTo(2);
    assertThat(err())
        .isEqualTo("weft: --patience is 'soon'; write a time such as 90s, 30m or 2h\n");
  }

  @Test
  void kubernetesGetsAnIndexedJob() {
    assertThat(plan("--to", file("y.npy"), "--slices=64")).isZero();
    assertThat(weft("k8s", file("p.weft"), "--image=weft:1", "--claim=data")).isEqualTo(2);
    assertThat(err())
        .isEqualTo(
            "weft: --mount is missing: weft k8s PLAN --image IMAGE --claim CLAIM --mount FOLDER\n");
    String mount = "--mount=" + folder;
    assertThat(weft("k8s", file("p.weft"), "--image=weft:1", "--claim=data", mount)).isZero();
    assertThat(out())
        .startsWith("apiVersion: batch/v1\nkind: Job\n")
        .contains("  completionMode: Indexed\n  completions: 64\n  parallelism: 64\n")
        .contains(
            "command: [\"weft\", \"work\", \""
                + file("p.weft")
                + "\", \"--slice\", \"$(WEFT_SLICE)/64\"]")
        .contains("mountPath: \"" + folder + "\"\n")
        .contains("claimName: \"data\"\n")
        .contains("image: \"weft:1\"\n")
        .doesNotContain("{");
    String elsewhere = "--mount=/somewhere/else";
    assertThat(weft("k8s", file("p.weft"), "--image=w", "--claim=data", elsewhere)).isEqualTo(2);
    assertThat(err()).contains("does not lie in /somewhere/else, so that pods cannot reach it");
    assertThat(weft("k8s", file("p.weft"), "--image=w", "--claim=d", mount, "--parallelism=0"))
        .isEqualTo(2);
    assertThat(err()).isEqualTo("weft: --parallelism is 0; use at least 1\n");
  }
}
