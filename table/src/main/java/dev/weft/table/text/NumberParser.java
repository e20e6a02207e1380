package dev.weft.table.text;

/**
 * Numbers from characters, without objects on the way. Blanks around them are skipped. Of one
 * thread: a method that answers true has put its result where {@link #integer} or {@link #real} has
 * it.
 */
public final class NumberParser {
  private static final int SAFE_DIGITS = 18;
  private static final int MOST_DIGITS = 19;
  private static final long EXACT = 1L << 53;
  private static final int LONGEST_EXPONENT = 100_000;
  private static final double[] TENS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private char[] text = {};
  private int begin;
  private int end;

  // Of a decimal number: its digits, as far as they fit, and the power of ten.
  private long digits;
  private int count;
  private int power;
  private boolean isCut;

  private long integer;
  private double real;

  /** The last integer; of uint64 its bits. */
  public long integer() {
    return integer;
  }

  /** The last number with a point. */
  public double real() {
    return real;
  }

  private void strip(char[] buffer, int offset, int length) {
    text = buffer;
    begin = offset;
    end = offset + length;
    while (begin < end && isBlank(text[begin])) {
      begin++;
    }
    while (begin < end && isBlank(text[end - 1])) {
      end--;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Whether the characters are an integer of 64 bits. */
  public boolean isLong(char[] buffer, int offset, int length) {
    return isInteger(buffer, offset, length, false);
  }

  /** Whether the characters are an integer from 0 to below 2 to the 64. */
  public boolean isUnsigned(char[] buffer, int offset, int length) {
    return isInteger(buffer, offset, length, true);
  }

  private boolean isInteger(char[] buffer, int offset, int length, boolean unsigned) {
    strip(buffer, offset, length);
    int i = begin;
    boolean negative = i < end && text[i] == '-';
    if (negative || i < end && text[i] == '+') {
      i++;
    }
    if (i == end) {
      return false;
    }
    boolean isShort = end - i <= SAFE_DIGITS;
    long value = 0;
    for (; i < end; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = 10 * value + digit;
    }
    if (isShort) {
      integer = negative ? -value : value;
      return !unsigned || integer >= 0;
    }
    return isLarge(new String(text, begin, end - begin), unsigned);
  }

  private boolean isLarge(String all, boolean unsigned) {
    try {
      integer = unsigned ? Long.parseUnsignedLong(all) : Long.parseLong(all);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Whether the characters are a decimal number, nan or inf; it is the nearest double. */
  public boolean isDouble(char[] buffer, int offset, int length) {
    strip(buffer, offset, length);
    int i = begin;
    boolean negative = i < end && text[i] == '-';
    if (negative || i < end && text[i] == '+') {
      i++;
    }
    if (!isPlain(i) && !isDecimal(i)) {
      return isWord(i, negative);
    }
    double value = magnitude();
    real = negative ? -value : value;
    return true;
  }

  /** Takes a number apart that begins behind its sign, if it is short and has no exponent. */
  private boolean isPlain(int from) {
    char[] all = text;
    int stop = end;
    int i = from;
    long sum = 0;
    char c = 0;
    while (i < stop && (c = (char) (all[i] - '0')) <= 9) {
      sum = 10 * sum + c;
      i++;
    }
    int figures = i - from;
    int fraction = 0;
    if (i < stop && all[i] == '.') {
      int point = ++i;
      while (i < stop && (c = (char) (all[i] - '0')) <= 9) {
        sum = 10 * sum + c;
        i++;
      }
      fraction = i - point;
      figures += fraction;
    }
    digits = sum;
    power = -fraction;
    isCut = false;
    return i == stop && figures > 0 && figures <= SAFE_DIGITS;
  }

  private double magnitude() {
    if (!isCut) {
      if (digits == 0) {
        return 0;
      }
      if (digits <= EXACT && power >= -22 && power <= 22 && digits > 0) {
        // Both factors are exact, so that their product or quotient is rounded once.
        return power < 0 ? digits / TENS[-power] : digits * TENS[power];
      }
      double nearest = Powers.nearest(digits, power);
      if (nearest != Powers.UNKNOWN) {
        return nearest;
      }
    }
    return Math.abs(Double.parseDouble(new String(text, begin, end - begin)));
  }

  /** Takes a number apart that begins behind its sign. */
  private boolean isDecimal(int from) {
    digits = 0;
    count = 0;
    power = 0;
    isCut = false;
    int i = take(from, false);
    boolean any = i > from;
    if (i < end && text[i] == '.') {
      int point = i + 1;
      i = take(point, true);
      any |= i > point;
    }
    if (any && i < end && (text[i] == 'e' || text[i] == 'E')) {
      i = takeExponent(i + 1);
    }
    return any && i == end;
  }

  private int take(int from, boolean isFraction) {
    int i = from;
    for (; i < end; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      if (count < MOST_DIGITS) {
        digits = 10 * digits + digit;
        count += digits == 0 ? 0 : 1;
        power -= isFraction ? 1 : 0;
      } else {
        isCut |= digit != 0;
        power += isFraction ? 0 : 1;
      }
    }
    return i;
  }

  /** Behind the exponent, or -1 where there is none. */
  private int takeExponent(int from) {
    int i = from;
    boolean negative = i < end && text[i] == '-';
    if (negative || i < end && text[i] == '+') {
      i++;
    }
    int first = i;
    int exponent = 0;
    for (; i < end && text[i] >= '0' && text[i] <= '9'; i++) {
      exponent = Math.min(LONGEST_EXPONENT, 10 * exponent + text[i] - '0');
    }
    power += negative ? -exponent : exponent;
    return i == first ? -1 : i;
  }

  private boolean isWord(int from, boolean negative) {
    if (is(from, "nan")) {
      real = Double.NaN;
      return true;
    }
    if (is(from, "inf") || is(from, "infinity")) {
      real = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      return true;
    }
    return false;
  }

  private boolean is(int from, String word) {
    if (end - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((text[from + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the characters are true or false, in letters of any case, 1 or 0. */
  public boolean isTruth(char[] buffer, int offset, int length) {
    strip(buffer, offset, length);
    boolean truth = is(begin, "true") || end - begin == 1 && text[begin] == '1';
    integer = truth ? 1 : 0;
    return truth || is(begin, "false") || end - begin == 1 && text[begin] == '0';
  }
}
