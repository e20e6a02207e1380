package dev.weft.table.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The different texts of a column in one partition, each once, by numbers from 0. */
public final class Dictionary {
  private final String[] entries;
  private volatile long bytes = -1;

  private Dictionary(String[] entries) {
    this.entries = entries;
  }

  /** Of these texts, of which no two are equal. */
  public static Dictionary of(List<String> entries) {
    return new Dictionary(entries.toArray(String[]::new));
  }

  /** Number of entries. */
  public int size() {
    return entries.length;
  }

  /** The text of a number. */
  public String get(int code) {
    return entries[code];
  }

  /** About how many bytes of the heap the texts take. */
  public long bytes() {
    long known = bytes;
    if (known < 0) {
      known = 0;
      for (String entry : entries) {
        // A String and its array: headers, fields, padding.
        known += 56 + entry.length();
      }
      bytes = known;
    }
    return known;
  }

  /** Collects entries. */
  public static final class Builder {
    private final Map<String, Integer> codes = new HashMap<>();
    private final List<String> entries = new ArrayList<>();

    /** The number of a text, which is a new one where it has not been seen. */
    public int code(String text) {
      Integer known = codes.get(text);
      if (known != null) {
        return known;
      }
      codes.put(text, entries.size());
      entries.add(text);
      return entries.size() - 1;
    }

    /** The numbers here of the entries of another dictionary. */
    public int[] codes(Dictionary other) {
      int[] map = new int[other.size()];
      for (int i = 0; i < map.length; i++) {
        map[i] = code(other.get(i));
      }
      return map;
    }

    /** The texts so far. */
    public Dictionary build() {
      return Dictionary.of(entries);
    }
  }
}
