package dev.weft.kernels.jvm.vector;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.weft.kernels.jvm.loop.ClassConstants;
import dev.weft.kernels.jvm.loop.ElementAddress;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.Set;

/**
 * Calls of the Vector API as instructions on the JVM stack. All vectors have the same number of
 * lanes, so that their shapes differ with their lane types.
 */
final class VectorCode {
  private static final ClassDesc VECTOR = api("Vector");
  private static final ClassDesc MASK = api("VectorMask");
  private static final ClassDesc SPECIES = api("VectorSpecies");
  private static final ClassDesc OPERATORS = api("VectorOperators");
  private static final ClassDesc BYTE_ORDER = ClassDesc.of("java.nio.ByteOrder");

  private static final Set<String> ASSOCIATIVE =
      Set.of("ADD", "MUL", "MIN", "MAX", "UMIN", "UMAX", "AND", "OR", "XOR");

  /** The narrowest vectors that the Vector API has. */
  static final int NARROWEST = 64;

  private final CodeBuilder code;
  private final int lanes;

  VectorCode(CodeBuilder code, int lanes) {
    this.code = code;
    this.lanes = lanes;
  }

  static ClassDesc api(String name) {
    return ClassDesc.of("jdk.incubator.vector." + name);
  }

  int lanes() {
    return lanes;
  }

  /** Whether {@code lanes} lanes fill the narrowest vector. */
  boolean fills(LaneType type) {
    return lanes * type.bits >= NARROWEST;
  }

  /** Pushes the species; where the lanes do not fill a vector, the narrowest one. */
  void species(LaneType type) {
    int bits = Math.max(lanes * type.bits, NARROWEST);
    code.getstatic(type.vector, "SPECIES_" + bits, SPECIES);
  }

  /** Pushes the vector at {@code place}. */
  void load(LaneType type, ElementAddress place) {
    species(type);
    place.segment();
    place.offset();
    littleEndian();
    code.invokestatic(
        type.vector,
        "fromMemorySegment",
        MethodTypeDesc.of(type.vector, SPECIES, ClassConstants.SEGMENT, CD_long, BYTE_ORDER));
  }

  /** Stores the vector on the stack. */
  void store(LaneType type, ElementAddress place) {
    place.segment();
    place.offset();
    littleEndian();
    code.invokevirtual(
        type.vector,
        "intoMemorySegment",
        MethodTypeDesc.of(CD_void, ClassConstants.SEGMENT, CD_long, BYTE_ORDER));
  }

  private void littleEndian() {
    // A constant, unlike nativeOrder(); every platform with a vector form is little-endian.
    code.getstatic(BYTE_ORDER, "LITTLE_ENDIAN", BYTE_ORDER);
  }

  /** A vector with the number that {@code element} pushes in every lane. */
  void broadcast(LaneType type, Runnable element) {
    species(type);
    element.run();
    code.invokestatic(
        type.vector, "broadcast", MethodTypeDesc.of(type.vector, SPECIES, type.element));
  }

  /** A mask with the boolean that {@code element} pushes in every lane. */
  void maskAll(LaneType type, Runnable element) {
    species(type);
    element.run();
    code.invokeinterface(SPECIES, "maskAll", MethodTypeDesc.of(MASK, CD_boolean));
  }

  /**
   * Pushes the operator constant under the operands that {@code operands} pushes above a vector.
   */
  void lanewise(LaneType type, String operator, int arity, Runnable operands) {
    String kind =
        switch (arity) {
          case 1 -> "Unary";
          case 2 -> "Binary";
          default -> "Ternary";
        };
    ClassDesc[] parameters = new ClassDesc[arity];
    Arrays.fill(parameters, VECTOR);
    parameters[0] = operator(operator, kind);
    operands.run();
    code.invokevirtual(type.vector, "lanewise", MethodTypeDesc.of(type.vector, parameters));
  }

  /** Replaces the integer vector on the stack by {@code operator} of it and a literal. */
  void lanewise(LaneType type, String operator, long literal) {
    ClassDesc kind = operator(operator, "Binary");
    element(type, literal);
    code.invokevirtual(type.vector, "lanewise", MethodTypeDesc.of(type.vector, kind, type.element));
  }

  /** Replaces a vector by the mask of lanes in relation to the vector that {@code other} pushes. */
  void compare(LaneType type, String relation, Runnable other) {
    ClassDesc kind = operator(relation, "Comparison");
    other.run();
    code.invokevirtual(type.vector, "compare", MethodTypeDesc.of(MASK, kind, VECTOR));
  }

  /** Replaces a vector by the mask of lanes that are not 0; NaN is not. */
  void isNonzero(LaneType type) {
    ClassDesc kind = operator("NE", "Comparison");
    element(type, 0);
    code.invokevirtual(type.vector, "compare", MethodTypeDesc.of(MASK, kind, type.element));
  }

  /** Replaces a floating vector by the mask of lanes that pass {@code test}. */
  void test(LaneType type, String test) {
    ClassDesc kind = operator(test, "Test");
    code.invokevirtual(type.vector, "test", MethodTypeDesc.of(MASK, kind));
  }

  /** From below: a vector, another vector, a mask; pushes the other where the mask is set. */
  void blend(LaneType type) {
    code.invokevirtual(type.vector, "blend", MethodTypeDesc.of(type.vector, VECTOR, MASK));
  }

  /** A vector of 1 where the mask that {@code mask} pushes is set, else 0. */
  void ones(LaneType type, Runnable mask) {
    species(type);
    code.invokestatic(type.vector, "zero", MethodTypeDesc.of(type.vector, SPECIES));
    element(type, 1);
    mask.run();
    code.invokevirtual(type.vector, "blend", MethodTypeDesc.of(type.vector, type.element, MASK));
  }

  private void element(LaneType type, long literal) {
    switch (type.carrier()) {
      case INT -> code.loadConstant((int) literal);
      case LONG -> code.loadConstant(literal);
      case FLOAT -> code.loadConstant((float) literal);
      case DOUBLE -> code.loadConstant((double) literal);
    }
  }

  /** Converts the vector on the stack; unsigned lanes widen with zeros. */
  void convert(LaneType from, LaneType to, boolean zeroExtend) {
    String name = from.letter + "2" + to.letter;
    operator(zeroExtend ? "ZERO_EXTEND_" + name : name, "Conversion");
    species(to);
    code.iconst_0();
    code.invokevirtual(
        VECTOR,
        "convertShape",
        MethodTypeDesc.of(VECTOR, OPERATORS.nested("Conversion"), SPECIES, CD_int));
    code.checkcast(to.vector);
  }

  /** Makes the mask on the stack, over {@code from} lanes, one over {@code to} lanes. */
  void castMask(LaneType from, LaneType to) {
    if (from != to) {
      species(to);
      code.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
    }
  }

  /** Combines the two masks on the stack by {@code and}, {@code or} or {@code xor}. */
  void mask(String method) {
    code.invokevirtual(MASK, method, MethodTypeDesc.of(MASK, MASK));
  }

  /** Inverts the mask on the stack. */
  void not() {
    code.invokevirtual(MASK, "not", MethodTypeDesc.of(MASK));
  }

  /** Reads the bits of the vector on the stack as other lanes. */
  void reinterpret(LaneType from, LaneType to) {
    String method =
        switch (to) {
          case BYTE -> "reinterpretAsBytes";
          case SHORT -> "reinterpretAsShorts";
          case INT -> "reinterpretAsInts";
          case LONG -> "reinterpretAsLongs";
          case FLOAT -> "reinterpretAsFloats";
          case DOUBLE -> "reinterpretAsDoubles";
        };
    if (from != to) {
      code.invokevirtual(from.vector, method, MethodTypeDesc.of(to.vector));
    }
  }

  /** Replaces the vector on the stack by its lane 0. */
  void firstLane(LaneType type) {
    code.iconst_0();
    code.invokevirtual(type.vector, "lane", MethodTypeDesc.of(type.element, CD_int));
  }

  /** Pushes an operator constant; returns the type that methods declare for it. */
  private ClassDesc operator(String name, String kind) {
    String declared = ASSOCIATIVE.contains(name) ? "Associative" : kind;
    code.getstatic(OPERATORS, name, OPERATORS.nested(declared));
    return OPERATORS.nested(kind);
  }
}
