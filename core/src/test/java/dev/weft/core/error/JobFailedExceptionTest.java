package dev.weft.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.optimize.ExprText;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobFailedExceptionTest {
  private static final Throwable CAUSE = new IllegalStateException("no");

  @Test
  void hasAtMost25Lines() {
    String many =
        IntStream.range(0, 100).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    JobFailedException failure =
        new JobFailedException(many + "x".repeat(100_000), "sum(x)", "A.java:1", 2, CAUSE);
    assertThat(failure.getMessage().lines())
        .hasSize(25)
        .startsWith("line 0", "line 1")
        .endsWith(
            "… 79 more lines", "  computing: sum(x)", "  called at: A.java:1", "  attempts: 2");
    JobFailedException wide = new JobFailedException("x".repeat(5000), "sum(x)", null, 1, CAUSE);
    assertThat(wide.getMessage().lines()).allMatch(line -> line.length() <= 1000).hasSize(3);
  }

  @Test
  void canBeOfWhatTheUserHasTyped() {
    JobFailedException failure = new JobFailedException("why", "add(x, 1)", "A.java:1", 4, CAUSE);
    failure.addSuppressed(new IllegalStateException("more"));
    JobFailedException typed = failure.computing("x\n  + 1");
    assertThat(typed).hasMessage("why\n  computing: x + 1\n  attempts: 4").hasCause(CAUSE);
    assertThat(typed.getSuppressed()).hasSize(1);
    assertThat(typed.getStackTrace()).isEqualTo(failure.getStackTrace());
    JobFailedException task = new JobFailedException("task 'f'() failed", CAUSE);
    assertThat(task.computing("x")).isSameAs(task);
  }

  @Test
  void expressionsAreOneLineHoweverLargeTheyAre() {
    try (Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      NDArray x = session.arange(6).reshape(2, 3);
      assertThat(ExprText.line(x.add(1).sqrt().sum(0).expr(), 200))
          .isEqualTo("sum(sqrt(add(reshape(index), 1)))");
      NDArray chain = x;
      NDArray shared = x;
      for (int i = 0; i < 10_000; i++) {
        chain = chain.add(1);
      }
      for (int i = 0; i < 60; i++) {
        shared = shared.add(shared);
      }
      assertThat(ExprText.line(chain.expr(), 200)).startsWith("add(add(add(").contains("…");
      assertThat(ExprText.line(shared.expr(), 200)).startsWith("add(add(").hasSize(200);
    }
  }
}
