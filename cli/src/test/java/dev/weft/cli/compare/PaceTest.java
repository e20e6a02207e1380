package dev.weft.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a warm-up lasts, with runs of given lengths. */
class PaceTest {
  private static final Pace PACE = new Pace(5, 300, 2000, 100);

  @Test
  void steadyTimesEndAtTheLeast() {
    assertThat(runs(50, 50, 50, 50, 50, 50, 50)).hasSize(6);
  }

  @Test
  void fallingTimesGoOn() {
    // Windows: 100 | 90 80 | 40 40 40 | 40 40 40, which is no faster.
    assertThat(runs(100, 90, 80, 40, 40, 40, 40, 40, 40, 40, 40)).hasSize(9);
  }

  @Test
  void timesThatNeverStopFallingEndAtTheMost() {
    long[] lengths = new long[20];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = (long) (400 * Math.pow(0.94, i));
    }
    long spent = runs(lengths).stream().mapToLong(Long::longValue).sum();
    assertThat(spent).isBetween(2000L, 2400L);
  }

  @Test
  void longRunsAreRepeatedOnceOrTwice() {
    assertThat(runs(1500, 1500, 1500)).hasSize(2);
    assertThat(runs(5000, 5000)).hasSize(1);
  }

  @Test
  void runsOfNoLengthEnd() {
    assertThat(runs(new long[1000])).isNotEmpty();
  }

  private static List<Long> runs(long... lengths) {
    List<Long> taken = new ArrayList<>();
    PACE.warmUp(
        () -> {
          long length = lengths[taken.size()];
          taken.add(length);
          return length;
        });
    return taken;
  }
}
