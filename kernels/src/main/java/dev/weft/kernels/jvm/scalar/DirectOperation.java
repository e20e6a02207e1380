package dev.weft.kernels.jvm.scalar;

import static java.lang.constant.ConstantDescs.CD_double;

import dev.weft.core.dtype.DType;
import dev.weft.core.op.ElementwiseOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are one JVM instruction or intrinsic. A row's vector operator says what it computes, so
 * the same name is read here; the bits are those of the row's function. Saves the call while the
 * code is cold: interpreted calls of lambdas cost 20 times the arithmetic.
 */
final class DirectOperation {
  private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
  private static final Map<String, String> COMPARISONS =
      Map.of("EQ", "==", "NE", "!=", "LT", "<", "LE", "<=", "GT", ">", "GE", ">=");

  private final CodeBuilder code;
  private final ScalarConversion conversion;

  DirectOperation(CodeBuilder code, ScalarConversion conversion) {
    this.code = code;
    this.conversion = conversion;
  }

  /** Pushes the result, not yet wrapped, and says how; null when there is no direct form. */
  @Nullable String apply(ElementwiseOp op, DType operand, List<Integer> args, IntConsumer push) {
    String operator = op.vector(operand);
    if (operator == null || operand == DType.BOOL) {
      return null;
    }
    Carrier carrier = Carrier.of(operand);
    if (COMPARISONS.containsKey(operator)) {
      args.forEach(push::accept);
      compare(operator, carrier);
      return COMPARISONS.get(operator);
    }
    boolean floating = operand.isFloating();
    Opcode opcode = floating ? floating(operator, carrier) : integer(operator, carrier);
    if (opcode != null) {
      args.forEach(push::accept);
      code.with(java.lang.classfile.instruction.OperatorInstruction.of(opcode));
      return opcode.name().toLowerCase(java.util.Locale.ROOT);
    }
    return math(operator, carrier, floating, args, push);
  }

  private static @Nullable Opcode floating(String operator, Carrier carrier) {
    boolean wide = carrier == Carrier.DOUBLE;
    return switch (operator) {
      case "ADD" -> wide ? Opcode.DADD : Opcode.FADD;
      case "SUB" -> wide ? Opcode.DSUB : Opcode.FSUB;
      case "MUL" -> wide ? Opcode.DMUL : Opcode.FMUL;
      case "DIV" -> wide ? Opcode.DDIV : Opcode.FDIV;
      case "NEG" -> wide ? Opcode.DNEG : Opcode.FNEG;
      default -> null;
    };
  }

  private static @Nullable Opcode integer(String operator, Carrier carrier) {
    boolean wide = carrier == Carrier.LONG;
    return switch (operator) {
      case "ADD" -> wide ? Opcode.LADD : Opcode.IADD;
      case "SUB" -> wide ? Opcode.LSUB : Opcode.ISUB;
      case "MUL" -> wide ? Opcode.LMUL : Opcode.IMUL;
      case "NEG" -> wide ? Opcode.LNEG : Opcode.INEG;
      case "AND" -> wide ? Opcode.LAND : Opcode.IAND;
      case "OR" -> wide ? Opcode.LOR : Opcode.IOR;
      case "XOR" -> wide ? Opcode.LXOR : Opcode.IXOR;
      default -> null;
    };
  }

  private @Nullable String math(
      String operator, Carrier carrier, boolean floating, List<Integer> args, IntConsumer push) {
    ClassDesc type = carrier.type;
    switch (operator) {
      case "MIN", "MAX" -> {
        args.forEach(push::accept);
        String name = operator.equals("MIN") ? "min" : "max";
        code.invokestatic(MATH, name, MethodTypeDesc.of(type, type, type));
        return name;
      }
      case "ABS" -> {
        args.forEach(push::accept);
        code.invokestatic(MATH, "abs", MethodTypeDesc.of(type, type));
        return "abs";
      }
      case "SQRT" -> {
        if (!floating) {
          return null;
        }
        push.accept(args.getFirst());
        conversion.carry(carrier, Carrier.DOUBLE);
        code.invokestatic(MATH, "sqrt", MethodTypeDesc.of(CD_double, CD_double));
        conversion.carry(Carrier.DOUBLE, carrier);
        return "sqrt";
      }
      default -> {
        return null;
      }
    }
  }

  private void compare(String operator, Carrier carrier) {
    // A NaN must make every relation but != false: "less" needs the comparison that gives 1.
    boolean less = operator.startsWith("L");
    switch (carrier) {
      case INT -> {}
      case LONG -> code.lcmp();
      case FLOAT -> code.with(operator(less ? Opcode.FCMPG : Opcode.FCMPL));
      case DOUBLE -> code.with(operator(less ? Opcode.DCMPG : Opcode.DCMPL));
    }
    boolean ints = carrier == Carrier.INT;
    conversion.truth(
        switch (operator) {
          case "EQ" -> ints ? CodeBuilder::if_icmpeq : CodeBuilder::ifeq;
          case "NE" -> ints ? CodeBuilder::if_icmpne : CodeBuilder::ifne;
          case "LT" -> ints ? CodeBuilder::if_icmplt : CodeBuilder::iflt;
          case "LE" -> ints ? CodeBuilder::if_icmple : CodeBuilder::ifle;
          case "GT" -> ints ? CodeBuilder::if_icmpgt : CodeBuilder::ifgt;
          default -> ints ? CodeBuilder::if_icmpge : CodeBuilder::ifge;
        });
  }

  private static java.lang.classfile.instruction.OperatorInstruction operator(Opcode opcode) {
    return java.lang.classfile.instruction.OperatorInstruction.of(opcode);
  }
}
