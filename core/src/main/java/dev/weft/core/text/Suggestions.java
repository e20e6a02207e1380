package dev.weft.core.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Finds the names that somebody may have meant. */
public final class Suggestions {
  private static final int MOST = 3;

  private Suggestions() {}

  /** {@code "; did you mean a, b or c?"}, or nothing when no name is near. */
  public static String didYouMean(String written, Collection<String> known) {
    List<String> near = near(written, known);
    return near.isEmpty() ? "" : "; did you mean " + alternatives(near) + "?";
  }

  /** The nearest names, then those of which the word is an abbreviation. */
  public static List<String> near(String written, Collection<String> known) {
    int length = written.length();
    int least = length == 1 ? 0 : length <= 3 ? 1 : length <= 6 ? 2 : 3;
    List<String> near = new ArrayList<>();
    for (String name : known) {
      int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < least) {
        near.clear();
        least = distance;
      }
      if (distance == least) {
        near.add(name);
      }
    }
    known.stream().filter(name -> abbreviates(written, name)).forEach(near::add);
    return near.stream().distinct().limit(MOST).toList();
  }

  /** Whether a word has lost letters but its first two: such words are nearer than they measure. */
  private static boolean abbreviates(String written, String name) {
    if (written.length() < 3 || !name.startsWith(written.substring(0, 2))) {
      return false;
    }
    int found = 0;
    for (int i = 0; i < name.length() && found < written.length(); i++) {
      found += name.charAt(i) == written.charAt(found) ? 1 : 0;
    }
    return found == written.length();
  }

  private static String alternatives(List<String> names) {
    String last = names.getLast();
    return names.size() == 1
        ? last
        : String.join(", ", names.subList(0, names.size() - 1)) + " or " + last;
  }

  /** Insertions, deletions, substitutions and exchanges of neighbours. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        boolean exchanged =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (exchanged) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
