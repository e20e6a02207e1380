package dev.weft.core.op;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.Promotion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which types an operation computes in and what type it gives, as NumPy decides. */
public enum TypeRule {
  /** Operands are promoted to a common type, which is also the result's. */
  ARITHMETIC("the promoted type"),
  /** As ARITHMETIC, but bool counts as int8. */
  NUMERIC("the promoted type; bool becomes int8"),
  /** As ARITHMETIC, but integers become float16 (8 bits, bool), float32 (16 bits) or float64. */
  FLOATING("the promoted type; integers become float16 (8 bits), float32 (16 bits) or float64"),
  /** As ARITHMETIC, but integers and bool become float64: true division. */
  DIVISION("the promoted type; integers become float64"),
  /** Operands are promoted to a common type; the result is bool. */
  COMPARISON("bool"),
  /** Operands become bool (not equal to 0); the result is bool. */
  LOGICAL("bool"),
  /** The first operand becomes bool, the other two a common type, which is the result's. */
  SELECT("the promoted type of b and c"),
  /** A floating operand; the result is the integer type of the same width. */
  BITS("the integer type of the same width"),
  /** An int64 or int32 operand; the result is the floating type of the same width. */
  FROM_BITS("the floating type of the same width");

  private final String resultDoc;

  TypeRule(String resultDoc) {
    this.resultDoc = resultDoc;
  }

  /** What the documentation says of the result type. */
  public String resultDoc() {
    return resultDoc;
  }

  /** The types to which operands are cast, and the type of the result. */
  public record Signature(List<DType> operands, DType result) {}

  Signature resolve(List<DType> given) {
    int arity = given.size();
    return switch (this) {
      case ARITHMETIC -> same(Promotion.common(given), arity);
      case NUMERIC -> {
        DType common = Promotion.common(given);
        yield same(common == DType.BOOL ? DType.INT8 : common, arity);
      }
      case FLOATING ->
          same(Promotion.common(given.stream().map(TypeRule::floating).toList()), arity);
      case DIVISION -> {
        DType common = Promotion.common(given);
        yield same(common.isFloating() ? common : DType.FLOAT64, arity);
      }
      case COMPARISON ->
          new Signature(Collections.nCopies(arity, Promotion.common(given)), DType.BOOL);
      case LOGICAL -> same(DType.BOOL, arity);
      case SELECT -> {
        DType common = Promotion.of(given.get(1), given.get(2));
        List<DType> operands = new ArrayList<>(List.of(DType.BOOL, common, common));
        yield new Signature(operands, common);
      }
      case BITS ->
          new Signature(given, given.getFirst().itemSize() == 4 ? DType.INT32 : DType.INT64);
      case FROM_BITS ->
          new Signature(given, given.getFirst().itemSize() == 4 ? DType.FLOAT32 : DType.FLOAT64);
    };
  }

  private static Signature same(DType common, int arity) {
    return new Signature(Collections.nCopies(arity, common), common);
  }

  private static DType floating(DType dtype) {
    if (dtype.isFloating()) {
      return dtype;
    }
    return switch (dtype.itemSize()) {
      case 1 -> DType.FLOAT16;
      case 2 -> DType.FLOAT32;
      default -> DType.FLOAT64;
    };
  }
}
