package dev.weft.cli.language;

import dev.weft.core.Reductions;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.ElementwiseOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All functions of the language by name: those of the families below, then reductions, then rows of
 * the op table. To add a function that is neither, add a row and a case to its family.
 */
public final class Functions {
  /** Functions that belong together. */
  private enum Family {
    SHAPE(ShapeFunctions.ROWS),
    CREATION(CreationFunctions.ROWS),
    NUMERIC(NumericFunctions.ROWS),
    DERIVED(DerivedFunctions.ROWS),
    ORDER(OrderFunctions.ROWS),
    ELEMENT(ElementFunctions.ROWS),
    PIECE(PieceFunctions.ROWS),
    COMBINE(CombineFunctions.ROWS),
    PRODUCT(ProductFunctions.ROWS),
    LINALG(LinalgFunctions.ROWS),
    MOVING(MovingFunctions.ROWS),
    SAMPLE(SampleFunctions.ROWS),
    FOURIER(FourierFunctions.ROWS),
    RANDOM(RandomFunctions.ROWS);

    final List<String> rows;

    Family(List<String> rows) {
      this.rows = rows;
    }

    Value apply(Call call) {
      return switch (this) {
        case SHAPE -> ShapeFunctions.apply(call);
        case CREATION -> CreationFunctions.apply(call);
        case NUMERIC -> NumericFunctions.apply(call);
        case DERIVED -> DerivedFunctions.apply(call);
        case ORDER -> OrderFunctions.apply(call);
        case ELEMENT -> ElementFunctions.apply(call);
        case PIECE -> PieceFunctions.apply(call);
        case COMBINE -> CombineFunctions.apply(call);
        case PRODUCT -> ProductFunctions.apply(call);
        case LINALG -> LinalgFunctions.apply(call);
        case MOVING -> MovingFunctions.apply(call);
        case SAMPLE -> SampleFunctions.apply(call);
        case FOURIER -> FourierFunctions.apply(call);
        case RANDOM -> RandomFunctions.apply(call);
      };
    }
  }

  private Functions() {}

  /** The signature of a function that is no row of a table of the core, or null. */
  private static @Nullable Signature find(Family family, String name) {
    for (String row : family.rows) {
      if (row.length() > name.length()
          && row.charAt(name.length()) == '('
          && row.startsWith(name)) {
        return Signature.parse(row);
      }
    }
    return null;
  }

  static boolean isKnown(String name) {
    for (Family family : Family.values()) {
      if (find(family, name) != null) {
        return true;
      }
    }
    return ReductionFunctions.isKnown(name) || row(name) != null;
  }

  private static @Nullable ElementwiseOp row(String name) {
    Optional<ElementwiseOp> row = ElementwiseOps.find(name);
    return row.isPresent() && !row.get().internal() ? row.get() : null;
  }

  /**
   * Applies a function.
   *
   * @throws UsageException for arguments that do not fit
   */
  static Value apply(
      Evaluator evaluator, String name, List<Value> values, Map<String, Value> keywords) {
    for (Family family : Family.values()) {
      Signature signature = find(family, name);
      if (signature != null) {
        return family.apply(Call.bind(evaluator, signature, values, keywords));
      }
    }
    if (ReductionFunctions.isKnown(name)) {
      Signature signature = ReductionFunctions.signature(name);
      return ReductionFunctions.apply(Call.bind(evaluator, signature, values, keywords));
    }
    ElementwiseOp row = row(name);
    if (row == null) {
      throw new IllegalStateException(name + " is not known");
    }
    if (!keywords.isEmpty()) {
      throw new UsageException(
          "%s takes no arguments by name, got %s"
              .formatted(row, String.join(", ", keywords.keySet())));
    }
    return evaluator.operators().apply(row, values);
  }

  /** Every name that can be called, for suggestions. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Signature signature : composite()) {
      names.add(signature.name());
    }
    names.addAll(Reductions.names());
    for (ElementwiseOp row : ElementwiseOps.all()) {
      names.add(row.name());
      names.addAll(row.aliases());
    }
    names.sort(null);
    return names;
  }

  /** The functions that are neither reductions nor rows of the op table. */
  public static List<Signature> composite() {
    List<Signature> signatures = new ArrayList<>();
    for (Family family : Family.values()) {
      family.rows.forEach(row -> signatures.add(Signature.parse(row)));
    }
    return signatures;
  }

  /** The signatures of the reductions. */
  public static List<Signature> reductions() {
    return Reductions.names().stream().map(ReductionFunctions::signature).toList();
  }
}
