package dev.weft.cli.table;

import dev.weft.cli.language.Node;
import dev.weft.cli.language.Span;
import dev.weft.core.error.UsageException;
import dev.weft.table.Rolling;
import dev.weft.table.Table;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.join.AsOfSpec.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/** The methods that are of rows in order: windows over them, and as-of joins. */
final class OrderedCalls {
  static final String ROLLING =
      "rolling(of, period=None, min_periods=None): windows of so many rows, or of a time and a period, for agg(...)";

  static final String AS_OF =
      "asof_join(other, on=None, by=None, left_on=None, right_on=None, left_by=None, right_by=None, direction='backward', tolerance=None, allow_exact_matches=True, suffix='_right'): the rows, each with the nearest row of another table";

  private OrderedCalls() {}

  /** Windows of a number of rows, or of the name of a time and a period. */
  static TableValue windows(
      Arguments arguments,
      Table table,
      IntFunction<Rolling> ofRows,
      BiFunction<String, String, Rolling> ofTime) {
    Rolling rolling =
        arguments.has("period")
            ? ofTime.apply(arguments.columnName(arguments.node("of")), arguments.text("period"))
            : ofRows.apply(arguments.small("of"));
    if (arguments.has("min_periods")) {
      rolling = rolling.minPeriods(arguments.small("min_periods"));
    }
    return new TableValue.Windows(rolling, table);
  }

  /** An as-of join, with pandas' names of what {@code merge_asof} takes. */
  static Table asOf(Arguments arguments, Table table) {
    AsOfSpec spec =
        AsOfSpec.on(one(arguments, "left_on"), one(arguments, "right_on"))
            .by(names(arguments, "left_by", "by"), names(arguments, "right_by", "by"))
            .direction(direction(arguments))
            .suffix(arguments.text("suffix", "_right"));
    if (arguments.has("allow_exact_matches") && !arguments.truth("allow_exact_matches")) {
      spec = spec.withoutExactMatches();
    }
    return table.asOfJoin(arguments.table("other"), within(arguments, spec));
  }

  private static List<String> names(Arguments arguments, String ofSide, String ofBoth) {
    if (arguments.has(ofSide) && arguments.has(ofBoth)) {
      throw new UsageException(
          "asof_join: give %s, or left_%s and right_%s, not all of them"
              .formatted(ofBoth, ofBoth, ofBoth));
    }
    return arguments.names(arguments.has(ofSide) ? ofSide : ofBoth);
  }

  private static String one(Arguments arguments, String ofSide) {
    List<String> names = names(arguments, ofSide, "on");
    if (names.size() != 1) {
      throw new UsageException(
          "asof_join: give the one column by which both tables are sorted: on = 'time', or left_on = 'a', right_on = 'b'");
    }
    return names.getFirst();
  }

  private static Direction direction(Arguments arguments) {
    String name = arguments.text("direction", Direction.BACKWARD.label());
    for (Direction direction : Direction.values()) {
      if (direction.label().equals(name)) {
        return direction;
      }
    }
    throw arguments
        .evaluator()
        .error(
            arguments.node("direction").span(),
            "asof_join: direction is '%s'; use %s"
                .formatted(
                    name,
                    String.join(
                        ", ", Arrays.stream(Direction.values()).map(Direction::label).toList())));
  }

  private static AsOfSpec within(Arguments arguments, AsOfSpec spec) {
    if (!arguments.has("tolerance")) {
      return spec;
    }
    Node node = arguments.node("tolerance");
    if (node instanceof Node.Text(Span span, String period)) {
      return spec.tolerance(period);
    }
    return node instanceof Node.IntegerNumber(Span span, long whole)
        ? spec.tolerance(whole)
        : spec.tolerance(arguments.number("tolerance"));
  }
}
