package dev.weft.table.expr;

/** Texts in the order of their code points, as UTF-8 bytes are in. */
public final class TextOrder {
  private TextOrder() {}

  /** Below 0, 0 or above 0 as the first is before, equal to or behind the second. */
  public static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        // Halves of code points beyond 16 bits are before other characters in UTF-16.
        boolean high = Character.isSurrogate(x);
        return high != Character.isSurrogate(y) ? (high ? 1 : -1) : Character.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
