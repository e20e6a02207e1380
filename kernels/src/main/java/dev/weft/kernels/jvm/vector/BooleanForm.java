package dev.weft.kernels.jvm.vector;

import dev.weft.core.op.Meaning;
import org.jspecify.annotations.Nullable;

/**
 * A function of one or two truth values as one logical connective with inverted operands, found by
 * trying the function on all values. So rows over bool need no vector form of their own.
 */
record BooleanForm(Connective connective, boolean invertFirst, boolean invertSecond) {
  /** The shapes that the table of a function can have. */
  enum Connective {
    TRUE,
    FALSE,
    FIRST,
    SECOND,
    AND,
    OR,
    XOR;

    private boolean of(boolean a, boolean b) {
      return switch (this) {
        case TRUE -> true;
        case FALSE -> false;
        case FIRST -> a;
        case SECOND -> b;
        case AND -> a && b;
        case OR -> a || b;
        case XOR -> a != b;
      };
    }
  }

  /** The form of {@code meaning} over bool; null when there is none over integers. */
  static @Nullable BooleanForm of(@Nullable Meaning meaning) {
    if (meaning == null) {
      return null;
    }
    boolean[] table = new boolean[4];
    for (int row = 0; row < table.length; row++) {
      Boolean value = value(meaning, row >> 1, row & 1);
      if (value == null) {
        return null;
      }
      table[row] = value;
    }
    return find(table);
  }

  private static @Nullable Boolean value(Meaning meaning, long a, long b) {
    return switch (meaning) {
      case Meaning.LongUnary m -> m.function().applyAsLong(a) != 0;
      case Meaning.LongBinary m -> m.function().applyAsLong(a, b) != 0;
      case Meaning.LongTest m -> m.function().test(a);
      case Meaning.LongCompare m -> m.function().test(a, b);
      default -> null;
    };
  }

  /** Fewest inversions first, so that {@code or} is not written as an inverted {@code and}. */
  private static BooleanForm find(boolean[] table) {
    for (int inversions = 0; inversions < 4; inversions++) {
      for (Connective connective : Connective.values()) {
        BooleanForm form =
            new BooleanForm(connective, (inversions & 1) != 0, (inversions & 2) != 0);
        if (form.matches(table)) {
          return form;
        }
      }
    }
    throw new IllegalStateException("every table of two truth values has a form");
  }

  private boolean matches(boolean[] table) {
    for (int row = 0; row < table.length; row++) {
      boolean a = row >> 1 != 0 != invertFirst;
      boolean b = (row & 1) != 0 != invertSecond;
      if (connective.of(a, b) != table[row]) {
        return false;
      }
    }
    return true;
  }
}
