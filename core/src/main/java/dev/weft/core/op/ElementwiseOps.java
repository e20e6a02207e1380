package dev.weft.core.op;

import dev.weft.core.error.InternalException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The elementwise op table. A row is a constant of one of the families that this class gathers; to
 * add an operation, add a constant to the family where it belongs, and nothing else: the table, the
 * documentation and the conformance suites find it by reflection.
 */
public final class ElementwiseOps
    implements ArithmeticOps,
        DivisionOps,
        ExtremumOps,
        RoundingOps,
        ComparisonOps,
        LogicalOps,
        BitwiseOps,
        ExponentialOps,
        TrigonometricOps,
        FloatingPointOps,
        ScalingOps,
        SpecialOps,
        IntegerOps {
  private ElementwiseOps() {}

  /** Every row but the internal ones, sorted by name. */
  public static List<ElementwiseOp> all() {
    return Table.ROWS.stream().filter(row -> !row.internal()).toList();
  }

  /** Every row, sorted by name. */
  public static List<ElementwiseOp> withInternal() {
    return Table.ROWS;
  }

  /** The row called {@code name}, by its own name or an alias; internal rows included. */
  public static Optional<ElementwiseOp> find(String name) {
    ElementwiseOp constant = constant(name.toUpperCase(Locale.ROOT));
    return constant != null && constant.name().equals(name)
        ? Optional.of(constant)
        : Optional.ofNullable(Table.BY_NAME.get(name));
  }

  /** A row by the name of its constant; the families without it are not even loaded. */
  private static @Nullable ElementwiseOp constant(String field) {
    try {
      return ElementwiseOps.class.getField(field).get(null) instanceof ElementwiseOp row
          ? row
          : null;
    } catch (NoSuchFieldException e) {
      return null;
    } catch (IllegalAccessException e) {
      throw new InternalException("the op table cannot be read at " + field, e);
    }
  }

  /** Read once, when first asked for: constants are usable before. */
  private static final class Table {
    static final List<ElementwiseOp> ROWS = rows();
    static final Map<String, ElementwiseOp> BY_NAME = byName(ROWS);

    private static List<ElementwiseOp> rows() {
      List<ElementwiseOp> rows = new ArrayList<>();
      for (Field field : ElementwiseOps.class.getFields()) {
        try {
          if (field.get(null) instanceof ElementwiseOp row) {
            rows.add(row);
          }
        } catch (IllegalAccessException e) {
          throw new InternalException("the op table cannot be read at " + field, e);
        }
      }
      rows.sort(Comparator.comparing(ElementwiseOp::name));
      return List.copyOf(rows);
    }

    private static Map<String, ElementwiseOp> byName(List<ElementwiseOp> rows) {
      Map<String, ElementwiseOp> byName = new TreeMap<>();
      for (ElementwiseOp row : rows) {
        List<String> names = new ArrayList<>(row.aliases());
        names.add(row.name());
        for (String name : names) {
          ElementwiseOp other = byName.put(name, row);
          if (other != null) {
            throw new InternalException(
                "the op table gives the name %s to %s and to %s".formatted(name, other, row));
          }
        }
      }
      return Map.copyOf(byName);
    }
  }
}
