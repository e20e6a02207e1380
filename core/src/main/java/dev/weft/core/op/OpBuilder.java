package dev.weft.core.op;

import dev.weft.core.op.ElementwiseOp.Family;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleToLongFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes one row of the elementwise op table. Four kinds of row ({@link #unary}, {@link #binary},
 * {@link #predicate}, {@link #comparison}) because one overloaded builder would make lambdas
 * ambiguous; {@link #ternary} rows are compositions.
 */
public abstract sealed class OpBuilder {
  final String name;
  final int arity;
  final Map<Family, Meaning> meanings = new EnumMap<>(Family.class);
  final Set<Family> families = EnumSet.noneOf(Family.class);
  String doc = "";
  TypeRule rule;
  final List<String> aliases = new ArrayList<>();
  final Map<Family, String> vectors = new EnumMap<>(Family.class);
  final Map<Family, Composition> compositions = new EnumMap<>(Family.class);
  @Nullable String vectorForAll;
  @Nullable Composition compositionForAll;
  @Nullable String cudaHelper;
  @Nullable String boolFix;
  boolean internal;
  boolean cancels;
  boolean refusesHalf;
  int ulps;
  int cost = 1;

  OpBuilder(String name, int arity, TypeRule rule) {
    this.name = name;
    this.arity = arity;
    this.rule = rule;
  }

  /** A row with one operand and a result of the operand's type. */
  public static Unary unary(String name) {
    return new Unary(name);
  }

  /** A row with two operands and a result of their type. */
  public static Binary binary(String name) {
    return new Binary(name);
  }

  /** A row with one operand and a truth value as result. */
  public static Predicate predicate(String name) {
    return new Predicate(name);
  }

  /** A row with two operands and a truth value as result. */
  public static Comparison comparison(String name) {
    return new Comparison(name);
  }

  /** A row with three operands, made of other rows. */
  public static Ternary ternary(String name) {
    return new Ternary(name);
  }

  /** What the result is, in terms of operands a, b and c. */
  public OpBuilder doc(String text) {
    doc = text;
    return this;
  }

  /** Replaces the type rule. */
  public OpBuilder types(TypeRule typeRule) {
    rule = typeRule;
    return this;
  }

  /** A further name under which the row is found, such as NumPy's older one. */
  public OpBuilder alias(String... names) {
    aliases.addAll(List.of(names));
    return this;
  }

  /** Keeps the row out of the documentation and the expression language: a part of other rows. */
  public OpBuilder internal() {
    internal = true;
    return this;
  }

  /** CUDA C device functions that the row's CUDA expressions call. */
  public OpBuilder cudaHelper(String functions) {
    cudaHelper = functions;
    return this;
  }

  /** What to do instead where bool is refused, as the end of the message. */
  public OpBuilder boolFix(String remedy) {
    boolFix = remedy;
    return this;
  }

  /** The {@code VectorOperators} constant that computes the same for every family of the row. */
  public OpBuilder vector(String operator) {
    vectorForAll = operator;
    return this;
  }

  /** The {@code VectorOperators} constant that computes the same for one family. */
  public OpBuilder vector(Family family, String operator) {
    vectors.put(family, operator);
    return this;
  }

  /**
   * Largest distance from the exact result in ulps, and the price that comes with such functions.
   */
  public OpBuilder ulps(int bound) {
    ulps = bound;
    cost = Math.max(cost, 15);
    return this;
  }

  /** The sum inside the row may cancel, so {@code ulps} count in ulps of the largest operand. */
  public OpBuilder cancels() {
    cancels = true;
    return this;
  }

  /** The row is about the form of numbers, which float32 does not share with float16. */
  public OpBuilder refusesHalf() {
    refusesHalf = true;
    return this;
  }

  /** Rough price of an element in additions. */
  public OpBuilder cost(int additions) {
    cost = additions;
    return this;
  }

  /**
   * States the row in terms of other rows, for every family of the row. A row that also has a
   * lambda must give the same bits by both if its {@code ulps} are 0.
   */
  public OpBuilder composed(Composition composed) {
    compositionForAll = composed;
    return this;
  }

  /** States the row in terms of other rows for these families, which the row then accepts. */
  public OpBuilder composed(Set<Family> accepted, Composition composed) {
    families.addAll(accepted);
    accepted.forEach(family -> compositions.put(family, composed));
    return this;
  }

  /** The finished row. */
  public ElementwiseOp define() {
    for (Family family : families) {
      if (vectorForAll != null) {
        vectors.putIfAbsent(family, vectorForAll);
      }
      if (compositionForAll != null) {
        compositions.putIfAbsent(family, compositionForAll);
      }
    }
    return new ElementwiseOp(this);
  }

  void mean(Family family, Meaning meaning) {
    meanings.put(family, meaning);
    families.add(family);
  }

  /** One operand. */
  public static final class Unary extends OpBuilder {
    Unary(String name) {
      super(name, 1, TypeRule.ARITHMETIC);
    }

    /** The meaning for bool. */
    public Unary bool(LongUnaryOperator f, String cuda) {
      mean(Family.BOOL, new Meaning.LongUnary(f, cuda));
      return this;
    }

    /** The meaning for integers. */
    public Unary integer(LongUnaryOperator f, String cuda) {
      mean(Family.INTEGER, new Meaning.LongUnary(f, cuda));
      return this;
    }

    /** The meaning for the bits of uint64 where that for integers would be wrong. */
    public Unary unsigned(LongUnaryOperator f, String cuda) {
      meanings.put(Family.UINT64, new Meaning.LongUnary(f, cuda));
      return this;
    }

    /** The meaning for floating point. */
    public Unary floating(DoubleUnaryOperator f, String cuda) {
      mean(Family.FLOATING, new Meaning.DoubleUnary(f, cuda));
      return this;
    }

    /** The meaning for float32 where rounding the float64 result would be wrong. */
    public Unary float32(DoubleUnaryOperator f, String cuda) {
      mean(Family.FLOAT32, new Meaning.DoubleUnary(f, cuda));
      return this;
    }

    /** The row shows the bits of a float64 or float32 as an integer. */
    Unary bits(DoubleToLongFunction wide, DoubleToLongFunction narrow) {
      rule = TypeRule.BITS;
      mean(Family.FLOATING, new Meaning.Bits(wide, "__double_as_longlong(a)"));
      mean(Family.FLOAT32, new Meaning.Bits(narrow, "__float_as_int(a)"));
      return this;
    }

    /** The row reads the bits of an int64 or int32 as a floating point number. */
    Unary fromBits(LongToDoubleFunction wide, LongToDoubleFunction narrow) {
      rule = TypeRule.FROM_BITS;
      mean(Family.INTEGER, new Meaning.FromBits(wide, "__longlong_as_double(a)"));
      mean(Family.FLOAT32, new Meaning.FromBits(narrow, "__int_as_float(a)"));
      return this;
    }
  }

  /** Two operands. */
  public static final class Binary extends OpBuilder {
    Binary(String name) {
      super(name, 2, TypeRule.ARITHMETIC);
    }

    /** The meaning for bool. */
    public Binary bool(LongBinaryOperator f, String cuda) {
      mean(Family.BOOL, new Meaning.LongBinary(f, cuda));
      return this;
    }

    /** The meaning for integers. */
    public Binary integer(LongBinaryOperator f, String cuda) {
      mean(Family.INTEGER, new Meaning.LongBinary(f, cuda));
      return this;
    }

    /** The meaning for the bits of uint64 where that for integers would be wrong. */
    public Binary unsigned(LongBinaryOperator f, String cuda) {
      meanings.put(Family.UINT64, new Meaning.LongBinary(f, cuda));
      return this;
    }

    /** The meaning for floating point. */
    public Binary floating(DoubleBinaryOperator f, String cuda) {
      mean(Family.FLOATING, new Meaning.DoubleBinary(f, cuda));
      return this;
    }

    /** The meaning for float32 where rounding the float64 result would be wrong. */
    public Binary float32(DoubleBinaryOperator f, String cuda) {
      mean(Family.FLOAT32, new Meaning.DoubleBinary(f, cuda));
      return this;
    }
  }

  /** One operand, truth value. */
  public static final class Predicate extends OpBuilder {
    Predicate(String name) {
      super(name, 1, TypeRule.COMPARISON);
    }

    /** The meaning for bool. */
    public Predicate bool(LongPredicate f, String cuda) {
      mean(Family.BOOL, new Meaning.LongTest(f, cuda));
      return this;
    }

    /** The meaning for integers. */
    public Predicate integer(LongPredicate f, String cuda) {
      mean(Family.INTEGER, new Meaning.LongTest(f, cuda));
      return this;
    }

    /** The meaning for the bits of uint64 where that for integers would be wrong. */
    public Predicate unsigned(LongPredicate f, String cuda) {
      meanings.put(Family.UINT64, new Meaning.LongTest(f, cuda));
      return this;
    }

    /** The meaning for floating point. */
    public Predicate floating(DoublePredicate f, String cuda) {
      mean(Family.FLOATING, new Meaning.DoubleTest(f, cuda));
      return this;
    }
  }

  /** Two operands, truth value. */
  public static final class Comparison extends OpBuilder {
    Comparison(String name) {
      super(name, 2, TypeRule.COMPARISON);
    }

    /** The meaning for bool and integers. */
    public Comparison integer(Meaning.LongRelation f, String cuda) {
      mean(Family.BOOL, new Meaning.LongCompare(f, cuda));
      mean(Family.INTEGER, new Meaning.LongCompare(f, cuda));
      return this;
    }

    /** The meaning for the bits of uint64 where that for integers would be wrong. */
    public Comparison unsigned(Meaning.LongRelation f, String cuda) {
      meanings.put(Family.UINT64, new Meaning.LongCompare(f, cuda));
      return this;
    }

    /** The meaning for floating point. */
    public Comparison floating(Meaning.DoubleRelation f, String cuda) {
      mean(Family.FLOATING, new Meaning.DoubleCompare(f, cuda));
      return this;
    }
  }

  /** Three operands. */
  public static final class Ternary extends OpBuilder {
    Ternary(String name) {
      super(name, 3, TypeRule.ARITHMETIC);
    }

    /** The meaning for floating point. */
    public Ternary floating(Meaning.DoubleTernaryOperator f, String cuda) {
      mean(Family.FLOATING, new Meaning.DoubleTernary(f, cuda));
      return this;
    }

    /** The meaning for float32 where rounding the float64 result would be wrong. */
    public Ternary float32(Meaning.DoubleTernaryOperator f, String cuda) {
      mean(Family.FLOAT32, new Meaning.DoubleTernary(f, cuda));
      return this;
    }

    /** The row chooses the second or the third operand by the first. */
    public Ternary select() {
      rule = TypeRule.SELECT;
      mean(Family.BOOL, new Meaning.Select());
      return this;
    }
  }
}
