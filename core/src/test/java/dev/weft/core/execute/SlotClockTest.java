package dev.weft.core.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlotClockTest {
  @Test
  void theWaitForASlotIsNotCounted() {
    SlotClock clock = new SlotClock(2);
    SlotClock.Turn a = clock.begin(0);
    SlotClock.Turn b = clock.begin(0);
    SlotClock.Turn c = clock.begin(5);
    assertThat(clock.end(b, 20)).isEqualTo(20);
    assertThat(clock.end(c, 50)).isEqualTo(30);
    assertThat(clock.end(a, 60)).isEqualTo(60);
  }

  /** A later piece of work can be taken first: then the one before it has waited. */
  @Test
  void whoeverIsOvertakenHasWaited() {
    SlotClock clock = new SlotClock(1);
    SlotClock.Turn a = clock.begin(0);
    SlotClock.Turn b = clock.begin(10);
    assertThat(clock.end(b, 30)).isEqualTo(20);
    assertThat(clock.end(a, 70)).isEqualTo(40);
  }

  @Test
  void neverMoreThanThereAreSlots() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int slots = 1 + random.nextInt(3);
      SlotClock clock = new SlotClock(slots);
      List<SlotClock.Turn> open = new ArrayList<>();
      List<long[]> changes = new ArrayList<>();
      for (long now = 0; now < 2000; now += 10) {
        if (open.size() < slots + 2 && random.nextBoolean()) {
          open.add(clock.begin(now));
        } else if (!open.isEmpty()) {
          long took = clock.end(open.remove(random.nextInt(open.size())), now);
          changes.add(new long[] {now - took, 1});
          changes.add(new long[] {now, -1});
        }
      }
      changes.sort(Comparator.<long[]>comparingLong(c -> c[0]).thenComparingLong(c -> c[1]));
      long running = 0;
      for (long[] change : changes) {
        running += change[1];
        assertThat(running).isLessThanOrEqualTo(slots);
      }
    }
  }
}
