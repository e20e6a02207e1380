package dev.weft.bench.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BridgeTest {
  /** What the bridge answers to requests, line by line; elements are those of int8. */
  private static List<String> answers(String... requests) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String text = String.join("\n", requests) + "\n";
    try (Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      new Bridge(session, new Wire(new ByteArrayInputStream(bytes), out)).serve();
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void methodsAreCalledByName() throws IOException {
    assertThat(
            answers(
                // The elements 65, 66 and 67, then 68, 69, 70.
                "put int8 2,3 6\nABCDEFcall a1 t",
                "call a2 reshape l-1",
                "get 3",
                "call a1 sum x1k",
                "call a1 apply oadd i1",
                "call a1 divide f0x1p1",
                "call session concatenate i0 y1,1",
                "call a1 slice sp-1;r:2:;w",
                "call a1 sum x5",
                "call a1 rank"))
        .containsExactly(
            "array 1 int8 2,3",
            "array 2 int8 3,2",
            "array 3 int8 6",
            "bytes 6",
            "ADBECFarray 4 int64 2,1",
            "array 5 int8 2,3",
            "array 6 float64 2,3",
            "array 7 int8 4,3",
            "array 8 int8 2,1",
            "error UsageException sum%3A+axis+5+is+out+of+range+for+shape+%282%2C+3%29%2C+which+has+2+axes",
            "value i2");
  }

  @Test
  void expressionsTypesAndStatics() throws IOException {
    assertThat(
            answers(
                "put int8 2 2\nABeval x%2B1%2Csum%28x%29 x=1",
                "call dint8 maxValue",
                "call :dtype.Promotion of dint8 duint8",
                "call :dtype.Promotion withScalar dint8 tFLOATING",
                "call :shape.Shape broadcast h2,1;3;-"))
        .containsExactly(
            "array 1 int8 2",
            "arrays 2 int8 2 3 int64 ",
            "value i127",
            "value dint16",
            "value dfloat64",
            "value l2,3");
  }

  @Test
  void whatCannotBeDoneIsAnAnswer() throws IOException {
    assertThat(answers("call session frobnicate i1", "call a7 sum", "free 7", "eval %281", "what"))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("error IllegalArgumentException Session+has+no+method+frobnicate"),
            line ->
                assertThat(line).startsWith("error IllegalArgumentException there+is+no+array+7"),
            line -> assertThat(line).startsWith("error LanguageException"),
            line -> assertThat(line).startsWith("error IllegalArgumentException no+request+what"));
  }
}
