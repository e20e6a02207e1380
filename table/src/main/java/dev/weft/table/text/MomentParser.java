package dev.weft.table.text;

import dev.weft.core.error.UsageException;
import dev.weft.table.column.Moments;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Moments from characters as ISO 8601 has them: a date, perhaps behind T or a blank a time of hours
 * and minutes, perhaps seconds and up to nine digits of a fraction, perhaps Z or an offset. Of one
 * thread.
 */
public final class MomentParser {
  private static final long SECOND = 1_000_000_000L;
  private static final int DATE = 10;
  private static final int MINUTE = 16;
  private static final int FRACTION_DIGITS = 9;
  private static final int LONGEST_OFFSET = 18 * 3600;
  private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Years whose every nanosecond from 1970 fits. */
  private static final int SAFE_FROM = 1678;

  private static final int SAFE_TO = 2261;

  private final ZoneId zone;
  private char[] text = {};
  private int at;
  private int end;
  private boolean isMalformed;
  private long nanos;

  /**
   * A parser.
   *
   * @param zone of times that have no offset
   */
  public MomentParser(ZoneId zone) {
    this.zone = zone;
  }

  /** The last moment, in nanoseconds from 1970. */
  public long nanos() {
    return nanos;
  }

  /** Whether the characters are a moment from 1677 to 2262. */
  public boolean isMoment(char[] buffer, int offset, int length) {
    text = buffer;
    at = offset;
    end = offset + length;
    while (at < end && text[at] == ' ') {
      at++;
    }
    while (at < end && text[end - 1] == ' ') {
      end--;
    }
    if (end - at < DATE) {
      return false;
    }
    isMalformed = false;
    int year = 100 * two() + two();
    require('-');
    int month = two();
    require('-');
    int day = two();
    if (isMalformed || month < 1 || month > 12 || day < 1 || day > days(year, month)) {
      return false;
    }
    return at == end ? is(year, month, day, 0, 0, null) : isWithTime(year, month, day);
  }

  private boolean isWithTime(int year, int month, int day) {
    char between = text[at++];
    if (between != 'T' && between != 't' && between != ' ' || end - at < MINUTE - DATE - 1) {
      return false;
    }
    int hour = two();
    require(':');
    int minute = two();
    int second = 0;
    int fraction = 0;
    if (at < end && text[at] == ':') {
      at++;
      second = two();
      fraction = fraction();
    }
    if (isMalformed || hour > 23 || minute > 59 || second > 59) {
      return false;
    }
    ZoneOffset offset = at < end ? offset() : null;
    return !isMalformed
        && at == end
        && is(year, month, day, 3600 * hour + 60 * minute + second, fraction, offset);
  }

  private int fraction() {
    if (at == end || text[at] != '.') {
      return 0;
    }
    int first = ++at;
    int value = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9' && at - first < FRACTION_DIGITS) {
      value = 10 * value + text[at++] - '0';
    }
    isMalformed |= at == first;
    for (int i = at - first; i < FRACTION_DIGITS; i++) {
      value *= 10;
    }
    return value;
  }

  private ZoneOffset offset() {
    char sign = text[at++];
    if (sign == 'Z' || sign == 'z') {
      return ZoneOffset.UTC;
    }
    isMalformed |= sign != '+' && sign != '-';
    int seconds = 3600 * two();
    // Java writes offsets with seconds, which were in use before 1900.
    for (int unit = 60; at < end && unit > 0; unit /= 60) {
      at += text[at] == ':' ? 1 : 0;
      seconds += unit * two();
    }
    isMalformed |= seconds > LONGEST_OFFSET;
    return isMalformed
        ? ZoneOffset.UTC
        : ZoneOffset.ofTotalSeconds(sign == '-' ? -seconds : seconds);
  }

  private int two() {
    if (end - at < 2) {
      isMalformed = true;
      return 0;
    }
    int tens = text[at] - '0';
    int ones = text[at + 1] - '0';
    isMalformed |= tens < 0 || tens > 9 || ones < 0 || ones > 9;
    at += 2;
    return 10 * tens + ones;
  }

  private void require(char c) {
    isMalformed |= at >= end || text[at] != c;
    at++;
  }

  private static int days(int year, int month) {
    boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && !isLeap ? 28 : DAYS[month - 1];
  }

  private boolean is(
      int year,
      int month,
      int day,
      int second,
      int fraction,
      @org.jspecify.annotations.Nullable ZoneOffset offset) {
    long days = days(year, month, day);
    ZoneId own = offset == null ? zone : offset;
    long local = 86_400 * days + second;
    long seconds =
        own instanceof ZoneOffset fixed
            ? local - fixed.getTotalSeconds()
            : LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC).atZone(own).toEpochSecond();
    if (year >= SAFE_FROM && year <= SAFE_TO) {
      nanos = SECOND * seconds + fraction;
      return true;
    }
    try {
      nanos = Moments.nanos(Instant.ofEpochSecond(seconds, fraction));
      return true;
    } catch (UsageException e) {
      return false;
    }
  }

  /** Days from 1970, of years that begin in March, so that the leap day is their last. */
  private static long days(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int m = month <= 2 ? month + 9 : month - 3;
    return 365L * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468;
  }
}
