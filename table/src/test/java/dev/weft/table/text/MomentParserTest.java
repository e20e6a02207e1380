package dev.weft.table.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.table.column.Moments;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments from characters, beside java.time. */
class MomentParserTest {
  private static Instant parsed(String text, String zone) {
    MomentParser parser = new MomentParser(ZoneId.of(zone));
    assertThat(parser.isMoment(text.toCharArray(), 0, text.length())).as(text).isTrue();
    return Moments.instant(parser.nanos());
  }

  @Test
  void momentsOfAllYears() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      Instant moment = Moments.instant(random.nextLong());
      assertThat(parsed(moment.toString(), "UTC")).isEqualTo(moment);
      LocalDateTime local = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
      assertThat(parsed(local.toString(), "America/New_York"))
          .isEqualTo(local.atZone(ZoneId.of("America/New_York")).toInstant());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-29,2024-02-29T00:00:00Z",
    "' 2024-02-29 ',2024-02-29T00:00:00Z",
    "2000-02-29 01:02,2000-02-29T01:02:00Z",
    "1677-09-21T00:12:43.145224192Z,1677-09-21T00:12:43.145224192Z",
    "2262-04-11T23:47:16.854775807Z,2262-04-11T23:47:16.854775807Z",
    "2024-01-01T00:00:00.5+05:30,2023-12-31T18:30:00.5Z",
    "2024-01-01T00:00:00-0800,2024-01-01T08:00:00Z",
    "2024-01-01T00:00:00+01,2023-12-31T23:00:00Z"
  })
  void forms(String text, Instant moment) {
    assertThat(parsed(text, "UTC")).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-01",
        "2024-1-1",
        "2024-13-01",
        "2024-00-01",
        "2024-04-31",
        "1900-02-29",
        "2024-01-01T",
        "2024-01-01T10",
        "2024-01-01T10:",
        "2024-01-01T24:00",
        "2024-01-01T10:60",
        "2024-01-01T10:00:60",
        "2024-01-01T10:00:00.",
        "2024-01-01T10:00:00.1234567890",
        "2024-01-01T10:00:00+",
        "2024-01-01T10:00:00+1",
        "2024-01-01T10:00:00+19:00",
        "2024-01-01T10:00:00ZZ",
        "2024-01-01x10:00",
        "20240101",
        "1677-09-21T00:12:43.145224191Z",
        "2262-04-11T23:47:16.854775808Z",
        "1500-01-01",
        "-024-01-01"
      })
  void noMoments(String text) {
    assertThat(new MomentParser(ZoneOffset.UTC).isMoment(text.toCharArray(), 0, text.length()))
        .isFalse();
  }
}
