package dev.weft.core.op;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.DType.Kind;
import dev.weft.core.error.InternalException;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of the elementwise op table: immutable, identified by its name. Built with {@link
 * OpBuilder}; the rows are the constants of {@link ElementwiseOps}.
 */
public final class ElementwiseOp {
  /** The families for which a row can state a meaning. */
  public enum Family {
    /** bool, as 0 and 1. */
    BOOL,
    /** All integer types, computed as 64-bit integers and wrapped. */
    INTEGER,
    /** uint64 where its bits read as a signed integer would be wrong, as for {@code less}. */
    UINT64,
    /** float32 and float64, computed as float64; float16, computed as float32. */
    FLOATING,
    /** float32 where rounding the float64 result would be wrong, as for {@code nextafter}. */
    FLOAT32
  }

  private final String name;
  private final int arity;
  private final String doc;
  private final TypeRule rule;
  private final Map<Family, Meaning> meanings;
  private final Set<Family> families;
  private final List<String> aliases;
  private final Map<Family, String> vectors;
  private final Map<Family, Composition> compositions;
  private final @Nullable String cudaHelper;
  private final @Nullable String boolFix;
  private final boolean internal;
  private final boolean cancels;
  private final boolean refusesHalf;
  private final int ulps;
  private final int cost;

  ElementwiseOp(OpBuilder row) {
    this.name = row.name;
    this.arity = row.arity;
    this.doc = row.doc;
    this.rule = row.rule;
    this.meanings = new EnumMap<>(row.meanings);
    this.families = Set.copyOf(row.families);
    this.aliases = List.copyOf(row.aliases);
    this.vectors = new EnumMap<>(row.vectors);
    this.compositions = new EnumMap<>(row.compositions);
    this.cudaHelper = row.cudaHelper;
    this.boolFix = row.boolFix;
    this.internal = row.internal;
    this.cancels = row.cancels;
    this.refusesHalf = row.refusesHalf;
    this.ulps = row.ulps;
    this.cost = row.cost;
  }

  /** NumPy's name; also the name in the expression language. */
  public String name() {
    return name;
  }

  /** Number of operands, 1 to 3. */
  public int arity() {
    return arity;
  }

  /** What the result is, in terms of operands a, b and c. */
  public String doc() {
    return doc;
  }

  /** How types are resolved. */
  public TypeRule rule() {
    return rule;
  }

  /** Further names under which the row is found. */
  public List<String> aliases() {
    return aliases;
  }

  /** Whether the row is only a part of other rows, and not offered to users. */
  public boolean internal() {
    return internal;
  }

  /**
   * Name of the {@code VectorOperators} constant that computes the same over lanes of {@code
   * operand} type, if there is one. Lanes hold the value as a signed number: those of an unsigned
   * type are wider than the type; of uint64 they hold the bits. {@code REINTERPRET} stands for the
   * lanes' bits as the type of the same width.
   */
  public @Nullable String vector(DType operand) {
    boolean unsigned = operand == DType.UINT64 && meanings.containsKey(Family.UINT64);
    return vectors.get(unsigned ? Family.UINT64 : family(operand));
  }

  /** How the row is made of other rows for operands of {@code operand} type, if it is. */
  public @Nullable Composition composition(DType operand) {
    if (operand == DType.UINT64 && compositions.containsKey(Family.UINT64)) {
      return compositions.get(Family.UINT64);
    }
    return compositions.get(rule == TypeRule.SELECT ? Family.BOOL : family(operand));
  }

  /** CUDA C device functions that the CUDA expressions call, if they need any. */
  public @Nullable String cudaHelper() {
    return cudaHelper;
  }

  /** Whether {@link #ulps} count in ulps of the largest operand, when that is larger. */
  public boolean cancels() {
    return cancels;
  }

  /** Largest distance from the exact result, in units in the last place; 0: same bits always. */
  public int ulps() {
    return ulps;
  }

  /** Rough price of one element in additions; decides whether to recompute or to keep a result. */
  public int cost() {
    return cost;
  }

  /**
   * The function that defines the result over operands of {@code operand} type, or null when only
   * the composition does.
   */
  public @Nullable Meaning meaning(DType operand) {
    if (rule == TypeRule.SELECT) {
      return meanings.get(Family.BOOL);
    }
    boolean narrow =
        operand == DType.FLOAT32 || rule == TypeRule.FROM_BITS && operand == DType.INT32;
    if (narrow && meanings.containsKey(Family.FLOAT32)) {
      return meanings.get(Family.FLOAT32);
    }
    if (operand == DType.UINT64 && meanings.containsKey(Family.UINT64)) {
      return meanings.get(Family.UINT64);
    }
    return meanings.get(family(operand));
  }

  /** The family in which values of {@code dtype} are computed. */
  public static Family family(DType dtype) {
    return switch (dtype.kind()) {
      case BOOL -> Family.BOOL;
      case SIGNED, UNSIGNED -> Family.INTEGER;
      case FLOATING -> Family.FLOATING;
      case COMPLEX ->
          throw new InternalException("complex numbers are computed as pairs of real ones");
    };
  }

  /**
   * Whether the row compares uint64 with a signed integer as whole numbers, as NumPy does, and not
   * as the float64 to which they are promoted.
   */
  public boolean comparesWhole(DType a, DType b) {
    return meanings.get(Family.INTEGER) instanceof Meaning.LongCompare
        && (a == DType.UINT64 && b.kind() == Kind.SIGNED
            || a.kind() == Kind.SIGNED && b == DType.UINT64);
  }

  /** Whether operands may be of {@code dtype} once cast by the type rule. */
  public boolean accepts(DType dtype) {
    if (rule == TypeRule.FROM_BITS) {
      return dtype == DType.INT64 || dtype == DType.INT32;
    }
    if (dtype == DType.FLOAT16 && refusesHalf) {
      return false;
    }
    return dtype.isComputable() && (rule == TypeRule.SELECT || families.contains(family(dtype)));
  }

  /**
   * Resolves operand and result types.
   *
   * @throws UsageException when a type is not accepted; the message names what is
   */
  public TypeRule.Signature resolve(List<DType> given) {
    if (given.size() != arity) {
      throw new UsageException(
          "%s takes %d operand%s, not %d"
              .formatted(name, arity, arity == 1 ? "" : "s", given.size()));
    }
    for (DType dtype : given) {
      dtype.requireReal(name);
    }
    TypeRule.Signature signature = rule.resolve(given);
    DType operand = signature.operands().getLast();
    if (operand == DType.FLOAT16 && refusesHalf) {
      throw new UsageException(
          "%s does not accept float16, as which %s is computed; cast first: x.cast(DType.FLOAT32)"
              .formatted(name, given.getFirst()));
    }
    if (!accepts(operand)) {
      int position = firstOf(given, operand.kind());
      DType refused = given.get(position);
      String remedy =
          refused == DType.BOOL && boolFix != null ? boolFix : "Cast first: x.cast(...)";
      throw new UsageException(
          "%s does not accept %s (operand %d); it accepts %s. %s"
              .formatted(name, refused, position, acceptedKinds(), remedy));
    }
    return signature;
  }

  private static int firstOf(List<DType> given, Kind kind) {
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i).kind() == kind) {
        return i;
      }
    }
    return 0;
  }

  /** The families accepted, in words. */
  public List<String> acceptedKinds() {
    if (rule == TypeRule.LOGICAL || rule == TypeRule.SELECT) {
      return List.of("bool", "integer", "floating");
    }
    List<String> kinds = new ArrayList<>();
    boolean widens = rule == TypeRule.FLOATING || rule == TypeRule.DIVISION;
    if (widens || rule == TypeRule.NUMERIC || families.contains(Family.BOOL)) {
      kinds.add("bool");
    }
    if (widens || families.contains(Family.INTEGER)) {
      kinds.add("integer");
    }
    if (families.contains(Family.FLOATING)) {
      kinds.add("floating");
    }
    return kinds;
  }

  @Override
  public String toString() {
    return name;
  }
}
