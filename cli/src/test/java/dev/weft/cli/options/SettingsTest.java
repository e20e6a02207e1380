package dev.weft.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of memory as people write them. */
class SettingsTest {
  @ParameterizedTest
  @CsvSource({
    "4096, 4096",
    "64K, 65536",
    "512M, 536870912",
    "4G, 4294967296",
    "1.5GiB, 1610612736",
    "2gb, 2147483648"
  })
  void sizes(String text, long bytes) {
    assertThat(Settings.bytes(text)).isEqualTo(bytes);
  }

  @Test
  void sizesMustBePositive() {
    assertThatThrownBy(() -> Settings.bytes("-1G")).hasMessageContaining("--memory is '-1G'");
    assertThatThrownBy(() -> Settings.bytes("G")).hasMessageContaining("--memory is 'G'");
  }
}
