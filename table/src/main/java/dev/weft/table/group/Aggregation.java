package dev.weft.table.group;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.table.column.ColumnBuilder;
import dev.weft.table.column.ColumnType;
import dev.weft.table.expr.Node;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is made of the values of a group. Missing values are left away, by all but the number of
 * rows.
 *
 * @param kind what is made
 * @param operand of what; null for the number of rows
 * @param name of the column
 * @param number degrees of freedom of var and std, q of quantile; else 0
 * @param own the user's function and its result, for {@link Kind#OWN}
 */
public record Aggregation(
    Kind kind, @Nullable Node operand, String name, double number, @Nullable Own own) {
  /** The functions. */
  public enum Kind {
    /** Number of rows, or of values that are there. */
    COUNT,
    /** Sum: of floating numbers float64 and exact, of integers int64 or uint64, which wrap. */
    SUM,
    /** Mean, in float64: the exact sum divided once. */
    MEAN,
    /** Smallest; NaN where there is one. */
    MIN,
    /** Largest; NaN where there is one. */
    MAX,
    /** Variance, from exact sums. */
    VAR,
    /** Standard deviation, from exact sums. */
    STD,
    /** The first value that is there. */
    FIRST,
    /** The last value that is there. */
    LAST,
    /** Number of different values. */
    NUNIQUE,
    /** Quantile with linear interpolation. */
    QUANTILE,
    /** The user's own. */
    OWN
  }

  /**
   * A function of the values of a group that are there, in the order of rows, as Java objects.
   *
   * @param result type of what it gives
   */
  public record Own(ColumnType result, Function<List<Object>, @Nullable Object> function) {
    /**
     * Adds what the function gave to a column of results.
     *
     * @param name of the column
     * @throws UsageException when it is not of the type that was said
     */
    public void add(@Nullable Object made, ColumnBuilder results, String name) {
      if (!results.tryAdd(made)) {
        throw new UsageException(
            "%s: the function gave %s, which is no %s. Say the type of its result"
                .formatted(name, made, result.label()));
      }
    }
  }

  /** The same under another name. */
  public Aggregation named(String other) {
    return new Aggregation(kind, operand, other, number, own);
  }

  /** The operand as it stands in the result's name: {@code mean_x}. */
  public static String name(String function, Node operand) {
    return function + "_" + operand;
  }

  /**
   * The type of the result.
   *
   * @throws UsageException when values of the type have no such result
   */
  ColumnType type(@Nullable ColumnType of) {
    if (of == null) {
      return ColumnType.INT64;
    }
    return switch (kind) {
      case COUNT, NUNIQUE -> ColumnType.INT64;
      case SUM -> sum(requireNumber(of));
      case MEAN, VAR, STD, QUANTILE -> {
        requireNumber(of);
        yield ColumnType.FLOAT64;
      }
      case MIN, MAX, FIRST, LAST -> of;
      case OWN -> own == null ? of : own.result();
    };
  }

  private static ColumnType sum(DType dtype) {
    return switch (dtype.kind()) {
      case FLOATING, COMPLEX -> ColumnType.FLOAT64;
      case UNSIGNED -> new ColumnType.Number(DType.UINT64);
      case BOOL, SIGNED -> ColumnType.INT64;
    };
  }

  private DType requireNumber(ColumnType type) {
    if (type instanceof ColumnType.Number(DType dtype)) {
      return dtype;
    }
    throw new UsageException(
        "%s of %s, which is %s: it is of numbers. Use count, min, max, first, last or nunique, or cast the column"
            .formatted(label(), operand, type.label()));
  }

  /** What collects the values. */
  State state(@Nullable ColumnType of) {
    ColumnType type = of == null ? ColumnType.INT64 : of;
    return switch (kind) {
      case COUNT -> new CountState();
      case SUM ->
          type.stored().isFloating()
              ? new MomentState(Kind.SUM, 0, type.stored())
              : new IntegerSumState(type(type));
      case MEAN, VAR, STD -> new MomentState(kind, (int) number, type.stored());
      case MIN -> new ChoiceState(type, ChoiceState.Rule.MIN);
      case MAX -> new ChoiceState(type, ChoiceState.Rule.MAX);
      case FIRST -> new ChoiceState(type, ChoiceState.Rule.FIRST);
      case LAST -> new ChoiceState(type, ChoiceState.Rule.LAST);
      case NUNIQUE -> new DistinctState(type);
      case QUANTILE, OWN -> new ValuesState(this, type);
    };
  }

  private String label() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    String of = operand == null ? "" : operand.toString();
    String more =
        kind == Kind.QUANTILE
            ? ", " + number
            : kind == Kind.VAR && number != 1 ? ", " + (int) number : "";
    return name + " = " + label() + "(" + of + more + ")";
  }
}
