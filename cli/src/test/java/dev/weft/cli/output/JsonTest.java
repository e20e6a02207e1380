package dev.weft.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts with special characters, and numbers that JSON does not have. */
class JsonTest {
  @Test
  void jsonIsQuoted() {
    assertThat(Json.text(Map.of("a\"b", List.of(1L, 2.5, true, Double.NaN, "x\ny\u0001"))))
        .isEqualTo("{\"a\\\"b\": [1, 2.5, true, null, \"x\\ny\\u0001\"]}");
  }
}
