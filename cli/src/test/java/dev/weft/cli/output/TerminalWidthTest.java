package dev.weft.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Widths that the user gives, and one where there is no terminal. */
class TerminalWidthTest {
  @ParameterizedTest
  @CsvSource({"132, 132", "40, 40", "3, 10"})
  void columnsCountsFirst(String columns, int width) {
    assertThat(new TerminalWidth(-1, columns).columns()).isEqualTo(width);
  }

  @ParameterizedTest
  @CsvSource({"wide", "-5", "0", "1e3"})
  void nonsenseInColumnsIsIgnored(String columns) {
    assertThat(new TerminalWidth(-1, columns).columns()).isEqualTo(80);
  }

  @Test
  void whatIsNoTerminalHasTheUsualWidth() {
    TerminalWidth width = new TerminalWidth(-1, null);
    assertThat(width.columns()).isEqualTo(80);
    assertThat(width.columns()).isEqualTo(80);
  }
}
