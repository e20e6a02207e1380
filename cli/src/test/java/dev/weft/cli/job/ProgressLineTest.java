package dev.weft.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the line says before a job is planned, within it and at its end. */
class ProgressLineTest {
  @Test
  void progressSaysHowFarTheJobIs() {
    assertThat(ProgressLine.text(0, 0, 0, 1.25)).isEqualTo("planning  1.3 s");
    assertThat(ProgressLine.text(1200, 4800, 8_000_000_000L, 2))
        .isEqualTo("1,200/4,800 tasks   25 %  2.0 s  1.00 GB/s  6 s left");
    assertThat(ProgressLine.text(10, 10, 0, 2)).isEqualTo("10/10 tasks  100 %  2.0 s");
  }
}
