package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The subscripts of an Einstein sum, such as {@code ij,jk->ik}: a letter for each axis, and what an
 * ellipsis stands for as negative numbers that count from the end.
 */
final class EinsumText {
  private static final String DOTS = "...";

  private final String text;
  private final List<List<Integer>> operands = new ArrayList<>();
  private final Map<Integer, Long> extents = new HashMap<>();
  private List<Integer> output = List.of();

  private EinsumText(String text) {
    this.text = text;
  }

  static EinsumText parse(String subscripts, NDArray... arrays) {
    EinsumText parsed = new EinsumText(subscripts);
    String all = subscripts.replace(" ", "");
    int arrow = all.indexOf("->");
    String[] inputs = (arrow < 0 ? all : all.substring(0, arrow)).split(",", -1);
    if (inputs.length != arrays.length || arrays.length == 0) {
      throw parsed.wrong(
          "has subscripts for %d operands, and there are %d; separate those of each by a comma"
              .formatted(inputs.length, arrays.length));
    }
    int dots = 0;
    for (int i = 0; i < arrays.length; i++) {
      List<Integer> letters = parsed.letters(inputs[i], arrays[i].rank());
      dots = Math.max(dots, (int) letters.stream().filter(letter -> letter < 0).count());
      parsed.operands.add(letters);
      parsed.measure(i, arrays[i].shape());
    }
    parsed.output =
        arrow < 0 ? parsed.implied(dots) : parsed.stated(all.substring(arrow + 2), dots);
    return parsed;
  }

  /** The letters of an operand's axes. */
  List<Integer> operand(int number) {
    return operands.get(number);
  }

  /** The letters of the result's axes. */
  List<Integer> output() {
    return output;
  }

  /** How many values a letter takes. */
  long extent(int letter) {
    return extents.getOrDefault(letter, 1L);
  }

  private UsageException wrong(String what) {
    return new UsageException("einsum: '%s' %s".formatted(text, what));
  }

  private List<Integer> letters(String part, int rank) {
    int at = part.indexOf(DOTS);
    String plain = at < 0 ? part : part.substring(0, at) + part.substring(at + DOTS.length());
    requireLetters(plain);
    int rest = rank - plain.length();
    if (rest < 0 || at < 0 && rest > 0) {
      throw wrong(
          "gives the letters '%s' to an operand of %d axes; use one letter for each axis, or ... for those without"
              .formatted(part, rank));
    }
    List<Integer> letters = new ArrayList<>();
    for (int i = 0; i < plain.length(); i++) {
      if (i == at) {
        dots(letters, rest);
      }
      letters.add((int) plain.charAt(i));
    }
    if (at == plain.length()) {
      dots(letters, rest);
    }
    return letters;
  }

  private static void dots(List<Integer> letters, int count) {
    for (int i = count; i > 0; i--) {
      letters.add(-i);
    }
  }

  private void requireLetters(String plain) {
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
        throw wrong(
            "has '%s', which is no letter; use a to z, A to Z, one ... an operand, commas and ->"
                .formatted(c));
      }
    }
  }

  /** Axes of one letter are equally long, or of extent 1, which broadcasts. */
  private void measure(int number, Shape shape) {
    List<Integer> letters = operands.get(number);
    for (int axis = 0; axis < letters.size(); axis++) {
      int letter = letters.get(axis);
      long extent = shape.extent(axis);
      long known = extents.getOrDefault(letter, 1L);
      boolean twice = letters.indexOf(letter) != axis;
      boolean differs = twice ? shape.extent(letters.indexOf(letter)) != extent : extent != 1;
      if (differs && known != 1 && known != extent || twice && differs) {
        throw wrong(
            "has the letter %s for extents %d and %d (operand %d of shape %s); axes of one letter must be equally long"
                .formatted(name(letter), known, extent, number, shape));
      }
      extents.put(letter, known == 1 ? extent : known);
    }
  }

  private static String name(int letter) {
    return letter < 0 ? DOTS : "'" + (char) letter + "'";
  }

  /** Without an arrow: letters that stand once, by the alphabet, behind what ... stands for. */
  private List<Integer> implied(int dots) {
    Map<Integer, Integer> counts = new TreeMap<>();
    operands.forEach(letters -> letters.forEach(l -> counts.merge(l, 1, Integer::sum)));
    List<Integer> letters = new ArrayList<>();
    dots(letters, dots);
    counts.forEach(
        (letter, count) -> {
          if (letter > 0 && count == 1) {
            letters.add(letter);
          }
        });
    return letters;
  }

  private List<Integer> stated(String part, int dots) {
    boolean open = part.contains(DOTS);
    int plain = part.length() - (open ? DOTS.length() : 0);
    List<Integer> letters = letters(part, plain + (open ? dots : 0));
    for (int letter : letters) {
      if (!extents.containsKey(letter)) {
        throw wrong("has %s in the result, which no operand has".formatted(name(letter)));
      }
      if (letters.indexOf(letter) != letters.lastIndexOf(letter)) {
        throw wrong("has %s twice in the result; name each letter once".formatted(name(letter)));
      }
    }
    if (!open && dots > 0) {
      throw wrong("has ... in an operand and not in the result; add ... behind the arrow");
    }
    return letters;
  }
}
