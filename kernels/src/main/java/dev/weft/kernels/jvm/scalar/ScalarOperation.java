package dev.weft.kernels.jvm.scalar;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.SsaValue;
import dev.weft.core.op.ElementwiseOp;
import dev.weft.core.op.Meaning;
import dev.weft.kernels.jvm.loop.ClassConstants;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleToLongFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntConsumer;
import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/**
 * Applies one row of the op table on the JVM stack: by the few instructions that {@link
 * DirectOperation} knows, else by calling the row's function.
 */
final class ScalarOperation {
  private final CodeBuilder code;
  private final ClassConstants constants;
  private final ScalarConversion conversion;
  private final DirectOperation direct;

  ScalarOperation(CodeBuilder code, ClassConstants constants) {
    this.code = code;
    this.constants = constants;
    this.conversion = new ScalarConversion(code);
    this.direct = new DirectOperation(code, conversion);
  }

  /**
   * Pushes the result; {@code push} pushes a value by its number.
   *
   * @return how the result is computed, for the outline
   */
  String apply(SsaValue.Apply apply, DType operand, IntConsumer push) {
    ElementwiseOp op = apply.op();
    Meaning meaning = op.meaning(operand);
    switch (meaning) {
      case Meaning.Select select -> {
        select(apply.args(), push);
        return "select";
      }
      case null ->
          throw new InternalException(op.name() + " has no meaning for " + operand + ": expand it");
      default -> {}
    }
    String instruction = direct.apply(op, operand, apply.args(), push);
    if (instruction != null) {
      conversion.wrap(apply.dtype());
      return instruction;
    }
    call(meaning, operand, apply, push);
    return op.name();
  }

  private void select(List<Integer> args, IntConsumer push) {
    Label otherwise = code.newLabel();
    Label end = code.newLabel();
    push.accept(args.get(0));
    code.ifeq(otherwise);
    push.accept(args.get(1));
    code.goto_(end).labelBinding(otherwise);
    push.accept(args.get(2));
    code.labelBinding(end);
  }

  private void call(Meaning meaning, DType operand, SsaValue.Apply apply, IntConsumer push) {
    Call call = Call.of(meaning);
    Carrier carrier = carrier(call.operand);
    constants.load(code, meaning.function(), call.owner);
    for (int arg : apply.args()) {
      push.accept(arg);
      conversion.carry(Carrier.of(operand), carrier);
    }
    ClassDesc[] operands = new ClassDesc[apply.args().size()];
    java.util.Arrays.fill(operands, call.operand);
    code.invokeinterface(call.owner, call.method, MethodTypeDesc.of(call.result, operands));
    if (!call.result.equals(CD_boolean)) {
      if (apply.dtype() == DType.BOOL) {
        conversion.convert(DType.INT64, DType.BOOL);
      } else {
        conversion.carry(carrier(call.result), Carrier.of(apply.dtype()));
        conversion.wrap(apply.dtype());
      }
    }
  }

  private static Carrier carrier(ClassDesc type) {
    return type.equals(CD_double) ? Carrier.DOUBLE : Carrier.LONG;
  }

  /** The interface method through which a function of the op table is called. */
  private record Call(ClassDesc owner, String method, ClassDesc operand, ClassDesc result) {
    static Call of(Meaning meaning) {
      return switch (meaning) {
        case Meaning.LongUnary m -> of(LongUnaryOperator.class, "applyAsLong", CD_long, CD_long);
        case Meaning.LongBinary m -> of(LongBinaryOperator.class, "applyAsLong", CD_long, CD_long);
        case Meaning.LongTest m -> of(LongPredicate.class, "test", CD_long, CD_boolean);
        case Meaning.LongCompare m -> of(Meaning.LongRelation.class, "test", CD_long, CD_boolean);
        case Meaning.DoubleUnary m ->
            of(DoubleUnaryOperator.class, "applyAsDouble", CD_double, CD_double);
        case Meaning.DoubleBinary m ->
            of(DoubleBinaryOperator.class, "applyAsDouble", CD_double, CD_double);
        case Meaning.DoubleTernary m ->
            of(Meaning.DoubleTernaryOperator.class, "applyAsDouble", CD_double, CD_double);
        case Meaning.DoubleTest m -> of(DoublePredicate.class, "test", CD_double, CD_boolean);
        case Meaning.DoubleCompare m ->
            of(Meaning.DoubleRelation.class, "test", CD_double, CD_boolean);
        case Meaning.Bits m -> of(DoubleToLongFunction.class, "applyAsLong", CD_double, CD_long);
        case Meaning.FromBits m ->
            of(LongToDoubleFunction.class, "applyAsDouble", CD_long, CD_double);
        case Meaning.Select m -> throw new InternalException("a selection is not a call");
      };
    }

    private static Call of(Class<?> owner, String method, ClassDesc operand, ClassDesc result) {
      return new Call(ClassDesc.ofDescriptor(owner.descriptorString()), method, operand, result);
    }
  }
}
