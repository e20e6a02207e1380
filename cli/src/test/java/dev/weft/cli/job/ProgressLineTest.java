package dev.weft.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.job.ProgressLine.Form;
import dev.weft.cli.output.Console;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.event.JobEvent;
import dev.weft.core.event.JobProgress;
import dev.weft.core.event.Progress;
import dev.weft.core.event.StageProgress;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the line says, in windows of all widths, on terminals and in pipes. */
class ProgressLineTest {
  private static final MemoryUse MEMORY = new MemoryUse(3L << 29, 0, 0, 4L << 30);
  private static final ProgressLine.Pace AT_ONCE = new ProgressLine.Pace(0, 1);

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static JobProgress progress(long done, long bytesRead, long spilled) {
    return new JobProgress(
        List.of(
            new StageProgress(1, "a", 4000, 2, done, done * 1000),
            new StageProgress(1, "b", 800, 0, 0, 0)),
        bytesRead,
        spilled,
        2);
  }

  @Test
  void beforeThePlanThereIsOnlyTime() {
    assertThat(ProgressWords.of(new JobProgress(List.of(), 0, 0, 0), 1.25, MEMORY, 80))
        .isEqualTo("planning  1.3 s");
  }

  @Test
  void theLineSaysHowFarTheJobIs() {
    assertThat(ProgressWords.of(progress(1200, 8_000_000_000L, 0), 2, MEMORY, 120))
        .isEqualTo(
            " 25 %  1,200/4,800 chunks  2.0 s  1.00 GB/s  6 s left  0/2 stages  1.5 GiB of 4.0 GiB");
    assertThat(ProgressWords.of(progress(4000, 0, 300 << 20), 2, null, 120))
        .isEqualTo(
            " 83 %  4,000/4,800 chunks  2.0 s  2,000 chunks/s  0 s left  1/2 stages  spilled 300 MiB");
  }

  @Test
  void beforeTheFirstChunkThereIsNoRate() {
    assertThat(ProgressWords.of(progress(0, 8_000_000_000L, 0), 2, null, 120))
        .isEqualTo("  0 %  0/4,800 chunks  2.0 s  2 running  0/2 stages");
  }

  @Test
  void narrowWindowsKeepWhatMattersMost() {
    JobProgress progress = progress(1200, 8_000_000_000L, 300 << 20);
    String before = ProgressWords.of(progress, 2, MEMORY, 200);
    for (int columns = 199; columns >= 1; columns--) {
      String text = ProgressWords.of(progress, 2, MEMORY, columns);
      assertThat(text.length()).isLessThanOrEqualTo(Math.min(columns, before.length()));
      before = text;
    }
    assertThat(ProgressWords.of(progress, 2, MEMORY, 16)).isEqualTo(" 25 %  6 s left");
    assertThat(ProgressWords.of(progress, 2, MEMORY, 8)).isEqualTo(" 25 %");
  }

  @Test
  void linesForLogsHaveNoControlCharacters() throws Exception {
    Console console = Console.of(System.out, new PrintStream(err, true, StandardCharsets.UTF_8));
    Progress progress = new Progress();
    progress.on(
        new JobEvent.TasksPlanned(1, System.nanoTime(), List.of(new JobEvent.Kind("a", 4)), 4, 0));
    progress.on(new JobEvent.TaskFinished(1, System.nanoTime(), 0, 0, "cpu", 10));
    try (ProgressLine line =
        ProgressLine.start(console, Form.PLAIN, progress, () -> MEMORY, AT_ONCE)) {
      awaitText("\n");
    }
    assertThat(text()).matches("(?s)weft: 25 %  1/4 chunks.*\n").doesNotContain("\r", "\033");
  }

  @Test
  void whereNoTerminalIsNothingIsSaidUnasked() {
    Console console = Console.of(System.out, new PrintStream(err, true, StandardCharsets.UTF_8));
    try (ProgressLine line =
        ProgressLine.start(console, Form.AUTO, new Progress(), () -> MEMORY, AT_ONCE)) {
      assertThat(line).isNotNull();
    }
    assertThat(text()).isEmpty();
  }

  @Test
  void messagesClearTheLineAndItIsDrawnAgainBelow() throws Exception {
    Console console = Console.ofTerminal(System.out, err);
    try (ProgressLine line =
        ProgressLine.start(console, Form.AUTO, new Progress(), () -> MEMORY, AT_ONCE)) {
      awaitText("planning");
      console.err().println("a message");
      awaitText("a message\n\r\033[Kplanning");
    }
    assertThat(text()).contains("\r\033[Ka message\n").endsWith("\r\033[K");
  }

  @Test
  void noLineIsDrawnIntoAMessageThatHasBegun() throws Exception {
    Console console = Console.ofTerminal(System.out, err);
    OutputStream terminal = console.err();
    terminal.write("half".getBytes(StandardCharsets.UTF_8));
    console.status().show("hidden");
    terminal.write(" a message\n".getBytes(StandardCharsets.UTF_8));
    console.status().show("shown");
    console.status().clear();
    assertThat(text()).isEqualTo("half a message\n\r\033[Kshown\r\033[K");
  }

  private String text() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Ends with the test's own failure only where nothing comes within minutes. */
  private void awaitText(String wanted) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (!text().contains(wanted)) {
      assertThat(System.nanoTime()).as("no '%s' in '%s'", wanted, text()).isLessThan(end);
      Thread.sleep(5);
    }
  }
}
