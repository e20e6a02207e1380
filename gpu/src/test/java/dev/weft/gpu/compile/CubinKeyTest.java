package dev.weft.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever changes code changes the key, and nothing else does. */
class CubinKeyTest {
  private static final CompilerVersion VERSION = new CompilerVersion(12, 9);
  private static final Architecture HOPPER = new Architecture(9, 0);

  private static CompileRequest request(String source, String... options) {
    return new CompileRequest("a.cu", source, List.of(options), HOPPER);
  }

  @Test
  void everyPartCounts() {
    Stream<CubinKey> keys =
        Stream.of(
            CubinKey.of(request("x", "-a"), VERSION),
            CubinKey.of(request("y", "-a"), VERSION),
            CubinKey.of(request("x", "-b"), VERSION),
            CubinKey.of(request("x"), VERSION),
            CubinKey.of(request("x", "-a", "-b"), VERSION),
            CubinKey.of(request("x", "-a-b"), VERSION),
            CubinKey.of(request("x", "-b", "-a"), VERSION),
            CubinKey.of(request("-ax"), VERSION),
            CubinKey.of(request("x", "-a"), new CompilerVersion(13, 0)),
            CubinKey.of(
                new CompileRequest("a.cu", "x", List.of("-a"), new Architecture(8, 0)), VERSION));
    assertThat(keys).doesNotHaveDuplicates().hasSize(10);
  }

  @Test
  void theNameDoesNot() {
    CompileRequest other = new CompileRequest("b.cu", "x", List.of("-a"), HOPPER);
    assertThat(CubinKey.of(other, VERSION)).isEqualTo(CubinKey.of(request("x", "-a"), VERSION));
  }

  @Test
  void architecturesAreReadAndOrdered() {
    assertThat(Architecture.parse("sm_75")).isEqualTo(Architecture.OLDEST);
    assertThat(Architecture.parse("sm_120")).isEqualTo(new Architecture(12, 0));
    assertThat(new Architecture(12, 0).flag()).isEqualTo("sm_120");
    assertThat(new Architecture(10, 0)).isGreaterThan(HOPPER);
    assertThat(new Architecture(8, 6)).isGreaterThan(new Architecture(8, 0));
    assertThatThrownBy(() -> Architecture.parse("9.0"))
        .hasMessage("'9.0' is no GPU architecture; write one as sm_90");
    assertThat(request("x", "-a").allOptions()).containsExactly("-a", "--gpu-architecture=sm_90");
  }
}
