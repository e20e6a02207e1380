package dev.weft.kernels.jvm.vector;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.SsaValue;
import dev.weft.kernels.jvm.loop.ElementAddress;
import dev.weft.kernels.jvm.loop.LoopFrame;
import dev.weft.kernels.jvm.loop.TileBody;
import dev.weft.kernels.jvm.scalar.ScalarArgument;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes the values of a body as vectors in local variables. A bool is a mask over the lanes of
 * the value that it came from, and is cast where other lanes meet it.
 */
final class VectorValues {
  private final CodeBuilder code;
  private final TileBody body;
  private final LoopFrame frame;
  private final VectorCode vectors;
  private final VectorMemory memory;
  private final VectorConversion conversion;
  private final int[] slots;
  private final LaneType[] lanes;
  private final Map<Integer, Map<LaneType, Integer>> casts = new HashMap<>();

  VectorValues(
      CodeBuilder code, TileBody body, LoopFrame frame, VectorCode vectors, VectorMemory memory) {
    this.code = code;
    this.body = body;
    this.frame = frame;
    this.vectors = vectors;
    this.memory = memory;
    this.conversion = new VectorConversion(vectors);
    this.slots = new int[body.values().size()];
    this.lanes = new LaneType[body.values().size()];
  }

  /** Computes value {@code number} into a local; returns a line for the outline. */
  String emit(int number) {
    SsaValue instruction = body.values().get(number);
    lanes[number] = LaneType.of(instruction.dtype());
    String text =
        switch (instruction) {
          case SsaValue.Load load -> load(number, load);
          case SsaValue.ScalarParam scalar -> scalar(scalar);
          case SsaValue.Convert convert -> convert(number, convert);
          case SsaValue.Apply apply -> apply(number, apply);
        };
    slots[number] = code.allocateLocal(TypeKind.REFERENCE);
    code.astore(slots[number]);
    String type = body.dtype(number) == DType.BOOL ? "VectorMask" : lanes[number].vectorName();
    return type + "." + text;
  }

  /** Pushes a vector, or a mask over its own lanes. */
  void push(int value) {
    code.aload(slots[value]);
  }

  /** The local that holds mask {@code value} over lanes {@code type}. */
  int mask(int value, LaneType type) {
    if (lanes[value] == type) {
      return slots[value];
    }
    Map<LaneType, Integer> known = casts.computeIfAbsent(value, v -> new HashMap<>());
    Integer slot = known.get(type);
    if (slot == null) {
      slot = code.allocateLocal(TypeKind.REFERENCE);
      code.aload(slots[value]);
      vectors.castMask(lanes[value], type);
      code.astore(slot);
      known.put(type, slot);
    }
    return slot;
  }

  private void pushMask(int value, LaneType type) {
    code.aload(mask(value, type));
  }

  private String load(int number, SsaValue.Load load) {
    DType dtype = load.dtype();
    ElementAddress place = frame.operand(load);
    if (body.isUniform(load.param())) {
      repeat(dtype, () -> memory.element(dtype, place));
      return "broadcast(" + dtype + " p" + load.param() + "[0])";
    }
    if (dtype == DType.BOOL) {
      lanes[number] = memory.maskLanes();
    }
    memory.load(dtype, place);
    return "load(" + dtype + " p" + load.param() + "[i])";
  }

  private String scalar(SsaValue.ScalarParam scalar) {
    String[] text = new String[1];
    repeat(scalar.dtype(), () -> text[0] = ScalarArgument.push(code, body, scalar));
    return "broadcast(" + text[0] + ")";
  }

  private void repeat(DType dtype, Runnable element) {
    if (dtype == DType.BOOL) {
      vectors.maskAll(LaneType.INT, element);
    } else {
      vectors.broadcast(LaneType.of(dtype), element);
    }
  }

  private String convert(int number, SsaValue.Convert convert) {
    int arg = convert.arg();
    DType from = body.dtype(arg);
    if (convert.dtype() == DType.BOOL) {
      push(arg);
      if (from != DType.BOOL) {
        vectors.isNonzero(lanes[arg]);
      }
      lanes[number] = lanes[arg];
      return "compare(NE, %" + arg + ", 0)";
    }
    if (from == DType.BOOL) {
      LaneType type = lanes[number];
      int mask = mask(arg, type);
      vectors.ones(type, () -> code.aload(mask));
      return "blend(0, 1, %" + arg + ")";
    }
    push(arg);
    conversion.convert(from, convert.dtype());
    return "convert(" + from + " to " + convert.dtype() + ", %" + arg + ")";
  }

  private String apply(int number, SsaValue.Apply apply) {
    List<Integer> args = apply.args();
    DType operand = body.dtype(args.getLast());
    String operator =
        switch (apply.op().rule()) {
          case SELECT -> select(number, apply);
          default ->
              operand == DType.BOOL ? logical(number, apply) : arithmetic(number, apply, operand);
        };
    return args.stream().map(arg -> "%" + arg).collect(Collectors.joining(", ", operator, ")"));
  }

  private String select(int number, SsaValue.Apply apply) {
    int condition = apply.args().get(0);
    int chosen = apply.args().get(1);
    int other = apply.args().get(2);
    if (apply.dtype() != DType.BOOL) {
      int mask = mask(condition, lanes[number]);
      push(other);
      push(chosen);
      code.aload(mask);
      vectors.blend(lanes[number]);
      return "blend(";
    }
    // (condition & chosen) | (other & ~condition), over the lanes of the condition.
    LaneType type = lanes[condition];
    lanes[number] = type;
    push(condition);
    pushMask(chosen, type);
    vectors.mask("and");
    pushMask(other, type);
    push(condition);
    vectors.not();
    vectors.mask("and");
    vectors.mask("or");
    return "blend(";
  }

  private String logical(int number, SsaValue.Apply apply) {
    BooleanForm form = required(BooleanForm.of(apply.op().meaning(DType.BOOL)), apply);
    int first = apply.args().getFirst();
    int second = apply.args().getLast();
    LaneType type = lanes[first];
    lanes[number] = type;
    switch (form.connective()) {
      case TRUE -> vectors.maskAll(type, () -> code.iconst_1());
      case FALSE -> vectors.maskAll(type, () -> code.iconst_0());
      case FIRST -> inverted(first, type, form.invertFirst());
      case SECOND -> inverted(second, type, form.invertSecond());
      case AND, OR, XOR -> {
        inverted(first, type, form.invertFirst());
        inverted(second, type, form.invertSecond());
        vectors.mask(form.connective().name().toLowerCase(java.util.Locale.ROOT));
      }
    }
    return "logical(" + apply.op().name() + ", ";
  }

  private void inverted(int value, LaneType type, boolean invert) {
    pushMask(value, type);
    if (invert) {
      vectors.not();
    }
  }

  private String arithmetic(int number, SsaValue.Apply apply, DType operand) {
    String operator = required(apply.op().vector(operand), apply);
    LaneType type = LaneType.of(operand);
    List<Integer> args = apply.args();
    push(args.getFirst());
    if (VectorForm.isComparison(operator)) {
      lanes[number] = type;
      vectors.compare(type, operator, () -> push(args.get(1)));
      return "compare(" + operator + ", ";
    }
    if (operator.equals(VectorForm.REINTERPRET)) {
      vectors.reinterpret(type, lanes[number]);
      return "reinterpret(";
    }
    if (VectorForm.isTest(operator)) {
      lanes[number] = type;
      vectors.test(type, operator);
      return "test(" + operator + ", ";
    }
    vectors.lanewise(type, operator, args.size(), () -> args.stream().skip(1).forEach(this::push));
    conversion.wrapAfter(operator, apply.dtype());
    return "lanewise(" + operator + ", ";
  }

  private static <T> T required(@Nullable T form, SsaValue.Apply apply) {
    if (form == null) {
      throw new InternalException(apply + " has no vector form, which must be checked before");
    }
    return form;
  }
}
