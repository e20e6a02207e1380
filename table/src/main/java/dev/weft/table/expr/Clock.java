package dev.weft.table.expr;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** The clock of a zone: moments in UTC to what it shows, and back. */
final class Clock {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3600 * SECOND;

  private final ZoneRules rules;

  Clock(ZoneId zone) {
    this.rules = zone.getRules();
  }

  /** What the clock shows, as nanoseconds from its 1970. */
  long[] local(long[] nanos) {
    if (rules.isFixedOffset()) {
      long offset = rules.getOffset(Instant.EPOCH).getTotalSeconds() * SECOND;
      return offset == 0 ? nanos : shifted(nanos, offset);
    }
    long[] shown = new long[nanos.length];
    long hour = Long.MIN_VALUE;
    long offset = 0;
    for (int i = 0; i < shown.length; i++) {
      // Offsets of today's zones change at whole quarters of an hour.
      long other = Math.floorDiv(nanos[i], HOUR / 4);
      if (other != hour) {
        hour = other;
        long second = Math.floorDiv(nanos[i], SECOND);
        offset = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds() * SECOND;
      }
      shown[i] = nanos[i] + offset;
    }
    return shown;
  }

  private static long[] shifted(long[] nanos, long by) {
    long[] moved = new long[nanos.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = nanos[i] + by;
    }
    return moved;
  }

  /** The moments at which the clock shows these; of two the earlier, of none the next. */
  long[] moments(long[] local) {
    if (rules.isFixedOffset()) {
      long offset = rules.getOffset(Instant.EPOCH).getTotalSeconds() * SECOND;
      return offset == 0 ? local : shifted(local, -offset);
    }
    long[] moments = new long[local.length];
    long last = Long.MIN_VALUE;
    long offset = 0;
    for (int i = 0; i < moments.length; i++) {
      if (local[i] != last) {
        last = local[i];
        LocalDateTime shown =
            LocalDateTime.ofEpochSecond(
                Math.floorDiv(last, SECOND), (int) Math.floorMod(last, SECOND), ZoneOffset.UTC);
        offset = rules.getOffset(shown).getTotalSeconds() * SECOND;
      }
      moments[i] = local[i] - offset;
    }
    return moments;
  }
}
