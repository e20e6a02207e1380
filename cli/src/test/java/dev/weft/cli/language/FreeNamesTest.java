package dev.weft.cli.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FreeNamesTest {
  @Test
  void namesThatNothingGivesAValueTo() {
    assertThat(names("x")).containsExactly("x");
    assertThat(names("y * exp(-x**2) + x.sum(axis=k) + pi")).containsExactly("y", "x", "k");
    assertThat(names("np.sum(np.random.normal(size=(3, 4))) + np.pi + e")).isEmpty();
    assertThat(names("a[b > 0, c:d, ..., None] < [f, -g]"))
        .containsExactly("a", "b", "c", "d", "f", "g");
    assertThat(names("z = x + 1\nz = z * y\nz + x")).containsExactly("x", "y");
    assertThat(names("x.astype(float32).T @ w")).containsExactly("x", "w");
    // Only what is called is a function.
    assertThat(names("gamma * gamma(x) + block[0]")).containsExactly("gamma", "x", "block");
    assertThat(names("random.normal(size=3) + linalg.norm(y)")).containsExactly("y");
  }

  @Test
  void longSumsDoNotFillTheStack() {
    assertThat(names("x" + " + x".repeat(20_000))).containsExactly("x");
  }

  private static List<String> names(String text) {
    return FreeNames.of(Parser.job(new SourceText("", text)));
  }
}
