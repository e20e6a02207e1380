package dev.weft.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cli.compare.Change.Verdict;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTest {
  private static final SavedComparison.Row ROW = new SavedComparison.Row("cpu", InputsAt.HOST, 0);

  @TempDir private Path folder;

  /** Medians must differ by more than the runs of either comparison do. */
  @Test
  void fasterAndSlowerOnlyBeyondTheNoiseOfBoth() {
    List<Double> then = List.of(1.0, 1.1, 1.2);
    assertThat(verdict(List.of(0.80, 0.85, 0.90), then)).isEqualTo(Verdict.FASTER);
    assertThat(verdict(List.of(0.85, 0.95, 1.00), then)).isEqualTo(Verdict.NOISE);
    assertThat(verdict(List.of(1.30, 1.35, 1.40), then)).isEqualTo(Verdict.SLOWER);
    assertThat(verdict(List.of(0.50, 0.80, 0.95), then)).isEqualTo(Verdict.NOISE);
    assertThat(verdict(List.of(0.1), then)).isEqualTo(Verdict.ONE_RUN);
    assertThat(verdict(List.of(0.1, 0.2), null)).isEqualTo(Verdict.NEW);
  }

  private static Verdict verdict(List<Double> now, @Nullable List<Double> then) {
    return new Change(ROW, now, then).verdict();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[]",
        "3",
        "{}",
        "{\"expression\": \"x\", \"inputs\": \"\"}",
        "{\"expression\": \"x\", \"inputs\": \"\", \"machine\": \"\", \"devices\": 3}"
      })
  void whatIsNoComparisonIsRefusedWithTheRemedy(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("old.json"), text);
    assertThatThrownBy(() -> SavedComparison.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--against " + file + ": is no comparison: ")
        .hasMessageEndingWith(
            "; give the output of 'weft compare --json' for the same expression and inputs");
  }

  @Test
  void aFileThatIsNotThere() {
    Path file = folder.resolve("absent.json");
    assertThatThrownBy(() -> SavedComparison.read(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--against " + file + ": cannot be read: ");
  }

  /** As it was printed before rows said where inputs are. */
  @Test
  void anOldComparisonIsRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("old.json"),
            """
            {"expression": "x", "inputs": "", "machine": "m", "devices": [
              {"device": "cpu", "status": "measured", "total_seconds_of_runs": [0.5, 0.25]},
              {"device": "cuda", "status": "not run"}]}
            """);
    SavedComparison saved = SavedComparison.read(file);
    assertThat(saved.runs(ROW)).containsExactly(0.25, 0.5);
    assertThat(saved.runs(new SavedComparison.Row("cuda", InputsAt.HOST, 0))).isNull();
  }
}
