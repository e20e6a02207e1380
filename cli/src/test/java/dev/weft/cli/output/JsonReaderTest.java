package dev.weft.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void readsWhatIsWritten() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "a \"b\" \\ \n \t \u0001 é");
    value.put("numbers", List.of(1.0, -2.5e-300, 1e300));
    value.put("nothing", null);
    value.put("truth", Arrays.asList(true, false, null));
    value.put("empty", List.of(Map.of(), List.of(), ""));
    assertThat(JsonReader.read(Json.text(value))).isEqualTo(value);
    assertThat(JsonReader.read(" [ 1 , { \"a\\u00e9\\/\" : 2 } ]\n"))
        .isEqualTo(List.of(1.0, Map.of("aé/", 2.0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[1",
        "[1,",
        "{\"a\"",
        "{\"a\":",
        "{a: 1}",
        "nul",
        "1 2",
        "\"a",
        "\"\\x\"",
        "\"\\u12\"",
        "--",
        "[1]]"
      })
  void whatIsNoJsonIsRefusedWithItsPlace(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("at character \\d+ of \\d+ there is no .+");
  }

  @Test
  void deepOnesAreRefusedBeforeTheStackIsFull() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
