package dev.weft.core.op;

import dev.weft.core.op.ElementwiseOp.Family;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
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
  @Nullable String vector;
  @Nullable Composition composition;
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

  /** The {@code VectorOperators} constant that computes the same. */
  public OpBuilder vector(String operator) {
    vector = operator;
    return this;
  }

  /** Largest distance from the exact result in ulps, and the price that comes with such functions. */
  public OpBuilder ulps(int bound) {
    ulps = bound;
    cost = Math.max(cost, 15);
    return this;
  }

  /** Rough price of an element in additions. */
  public OpBuilder cost(int additions) {
    cost = additions;
    return this;
  }

  /**
   * States the row in terms of other rows. A row that also has a lambda must give the same bits by
   * both if its {@code ulps} are 0.
   */
  public OpBuilder composed(Composition composed) {
    composition = composed;
    return this;
  }

  /** States the row in terms of other rows, for these families. */
  public OpBuilder composed(Set<Family> accepted, Composition composed) {
    families.addAll(accepted);
    composition = composed;
    return this;
  }

  /** The finished row. */
  public ElementwiseOp define() {
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

    /** The row chooses the second or the third operand by the first. */
    public Ternary select() {
      rule = TypeRule.SELECT;
      mean(Family.BOOL, new Meaning.Select());
      return this;
    }
  }
}
