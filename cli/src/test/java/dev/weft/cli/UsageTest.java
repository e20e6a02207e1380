package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, wrong use, and what needs no session. */
class UsageTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void helpListsEveryCommand() {
    assertThat(weft("--help")).isZero();
    assertThat(out()).contains(Commands.NAMES).startsWith("Usage: weft COMMAND");
    assertThat(weft()).isEqualTo(2);
    assertThat(weft("--version")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "explain",
        "compare",
        "plan",
        "work",
        "watch",
        "k8s",
        "table",
        "head",
        "describe",
        "ops",
        "info",
        "devices",
        "demo",
        "dashboard",
        "bundle",
        "completion"
      })
  void everyCommandHasHelp(String command) {
    assertThat(weft(command, "--help")).isZero();
    assertThat(out()).startsWith("Usage: weft " + command).contains("--help");
    assertThat(weft("help", command)).isZero();
    assertThat(out()).startsWith("Usage: weft " + command);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '`',
      textBlock =
          """
          rum                       -> 'rum' is no command; did you mean run?
          frobnicate                -> 'frobnicate' is no command; use one of run, explain, compare, plan, work, watch, k8s, table, head, describe, ops, ls, info, devices, demo, dashboard, bundle, completion
          mean(x)                   -> 'mean(x)' is no command; to compute it: weft run 'mean(x)' ...
          run -> EXPR|FILE.weft is missing: an expression, a job file, or - for a job on standard input
          run x --json=1 -> the option --json takes no value
          run x -q -o a.npy -o b.npy -> the option --output is given twice
          devices x -> 'x' is one word too many
          ls -> FILE is missing: a file or a folder; FILE#GROUP for a part of it
          info -x -> unknown option '-x'; did you mean -h?
          run x --thread            -> unknown option '--thread'; did you mean --threads?
          run x --threads           -> the option --threads needs a value: N
          run x --threads=many      -> --threads is 'many'; it must be a whole number
          run x --threads=0         -> threads is 0; use at least 1
          run x --memory=lots       -> --memory is 'lots'; write a size such as 512M or 4G
          run x --chunks=y=5        -> --chunks y=5: no input is called 'y' (no inputs are given)
          run x x=a.npy --concat=z=0 -> --concat z=0: no input is called 'z' (inputs are x)
          run 10**(arange(0,2)-1)   -> pow: integers to negative integer powers are not allowed (10 to the power -1); make one of them floating, as in 10.0
          run x file.npy            -> the input 'file.npy' is not of the form name=file.npy; an expression with spaces must stand in quotes
          run x x=                  -> the input 'x=' is not of the form name=file.npy
          run x 1x=a.npy            -> the input '1x=a.npy' is not of the form name=file.npy
          run x x=a.npy x=b.npy     -> the input x is given twice
          run x --device=tpu        -> device 'tpu' is unknown; found: cpu, cuda, reference. Is its module (such as weft-cpu-fallback) on the class path?
          explain x --device=cpu:0  -> device 'cpu:0': after the colon stands how many threads it uses, at least 1, as in cpu:2
          explain x --svg=g.pdf     -> --svg g.pdf: the file's name must end in .svg; other endings are for --svg, --png and --dot
          explain x --dot=/no/g.dot -> the picture /no/g.dot: the folder /no does not exist; make it first
          explain x --view=stages   -> --view says how a picture looks; ask for one with --svg FILE, --png FILE or --dot FILE
          explain x --svg=g.svg --view=plan -> --view is 'plan'; it may be expression, stages, tasks
          explain x --svg=g.svg --color=red -> --color is 'red'; it may be kind, device
          compare                   -> EXPR|FILE.weft is missing: an expression, a job file, or - for a job on standard input
          compare 1 --devices=cpu,tpu -> device 'tpu' is unknown; found: cpu, cuda, reference. Is its module (such as weft-cpu-fallback) on the class path?
          compare 1 --devices=cpu,cpu -> --devices names cpu twice
          compare 1 --devices=cpu,  -> device '' names no device; write auto, cpu, cpu:2, cpu-scalar, cuda, cuda:1 or cpu+cuda
          compare 1 --repeat=0      -> --repeat is 0; use at least 1
          compare 1 --repeat=often  -> --repeat is 'often'; it must be a whole number
          compare 1 --ulps=-1       -> --ulps is '-1'; it must be a number from 0 on
          compare 1 --ulps=some     -> --ulps is 'some'; it must be a number from 0 on
          compare 1 --svg=c.png     -> --svg c.png: the picture is an SVG file; name it c.svg, and convert that, as with rsvg-convert
          run 1 --timeline=a.b/c.PDF -> --timeline a.b/c.PDF: the picture is an SVG file; name it a.b/c.svg, and convert that, as with rsvg-convert
          compare 1 --svg=/no/c.svg -> --svg /no/c.svg: the folder /no does not exist
          compare x --sweep=big     -> --sweep is 'big'; write the smallest and the largest number of elements, such as 1e3..1e8
          compare x --sweep=1e6..1e3 -> --sweep is '1e6..1e3'; write the smallest and the largest number of elements, such as 1e3..1e8
          compare x x=a.npy --sweep=1e3..1e4 -> --sweep makes the inputs itself; leave out x=a.npy
          compare 1 --sweep=1e3..1e4 -> --sweep: the expression names no input whose size could grow; write for instance 'sum(x)'
          compare x --square        -> --square says how --sweep makes inputs; add --sweep 1e3..1e8
          run 1 --dashboard=here    -> --dashboard is 'here'; it must be a whole number
          run 1 --dashboard=70000   -> the dashboard's port is 70000; use 1 to 65535, or 0 for any free one
          run 1 --dashboard-address=0.0.0.0 -> --dashboard-address says where a dashboard is; add --dashboard
          dashboard                 -> a dashboard shows a session, and there is none to show: use weft dashboard --demo, or watch a job with weft run --dashboard ...
          dashboard --demo --seconds=soon -> --seconds is 'soon'; it must be a whole number
          bundle                    -> bundle needs the archive to write: -o weft.tar.xz
          bundle -o x.zip           -> -o x.zip: a bundle's name ends with .tar.xz
          bundle -o /no/x.tar.xz    -> -o /no/x.tar.xz: the folder /no does not exist
          bundle -o x.tar.xz --with-nvrtc --with-nvrtc=/no -> the option --with-nvrtc is given twice
          bundle -o x.tar.xz --with-nvrtc=/no -> bundle --with-nvrtc=/no: /no does not exist; give a folder with libnvrtc.so.12, that file itself, a CUDA toolkit's folder, or the jar org.bytedeco:cuda-redist with classifier linux-x86_64
          ops sqr                   -> there is no function 'sqr'; did you mean sqrt or square?
          """)
  void wrongUseSaysWhatToDo(String arguments, String message) {
    assertThat(weft(arguments.split(" "))).isEqualTo(2);
    assertThat(err()).isEqualTo("weft: " + message + "\n");
    assertThat(out()).isEmpty();
  }

  @Test
  void opsListsAndDescribes() {
    assertThat(weft("ops")).isZero();
    assertThat(out()).contains("sqrt(a)", "mean(x, axis=None", "roll(x, shift, axis=None)");
    assertThat(weft("ops", "arctan")).isZero();
    assertThat(out()).startsWith("atan(a)").contains("also called arctan");
    assertThat(weft("ops", "mean")).isZero();
    assertThat(out()).startsWith("mean(x, axis=None, *, keepdims=False, dtype=None)\n");
  }

  @Test
  void completionNamesTheCommands() {
    assertThat(weft("completion")).isZero();
    assertThat(out()).contains("complete", "demo", "--threads");
  }

  @Test
  void aJobIsStoppedAtTheEndOfItsTime() {
    assertThat(weft("run", "sum(sin(arange(1e12)))", "--timeout", "0.3s")).isEqualTo(124);
    assertThat(err())
        .isEqualTo(
            "weft: the job was stopped: it has not ended within its timeout of 0.3s. Give it more time, or compute less\n");
    assertThat(weft("run", "1+1", "--timeout", "2h")).isZero();
    assertThat(weft("run", "1+1", "--timeout", "soon")).isEqualTo(2);
    assertThat(err()).contains("--timeout is 'soon'; write a time such as 90s, 30m or 2h");
  }

  private int weft(String... arguments) {
    out.reset();
    err.reset();
    Console console =
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.run(arguments, console);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
