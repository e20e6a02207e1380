package dev.weft.kernels.jvm.loop;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_List;
import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects that a generated class holds in static final fields, which C2 treats as constants:
 * field {@code k0} is all of native memory, the others are functions of op rows.
 */
public final class ClassConstants {
  /** The type of memory segments. */
  public static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");

  /** All of native memory: offsets are addresses. */
  public static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private final ClassDesc owner;
  private final List<Object> values = new ArrayList<>();
  private final List<ClassDesc> types = new ArrayList<>();

  /** No constants yet of the class that is generated. */
  public ClassConstants(ClassDesc owner) {
    this.owner = owner;
    values.add(EVERYTHING);
    types.add(SEGMENT);
  }

  /** The class data that goes with the class. */
  public List<Object> values() {
    return values;
  }

  /** Pushes the segment that spans all of native memory: its offsets are addresses. */
  void loadMemory(CodeBuilder code) {
    code.getstatic(owner, "k0", SEGMENT);
  }

  /** Pushes {@code value}, which implements {@code type}. */
  public void load(CodeBuilder code, Object value, ClassDesc type) {
    int number = 0;
    while (number < values.size()
        && !(values.get(number) == value && types.get(number).equals(type))) {
      number++;
    }
    if (number == values.size()) {
      values.add(value);
      types.add(type);
    }
    code.getstatic(owner, "k" + number, type);
  }

  /** Adds the fields and the initialiser; call when all code has been generated. */
  public void define(ClassBuilder builder) {
    for (int i = 0; i < values.size(); i++) {
      builder.withField(
          "k" + i,
          types.get(i),
          ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
    }
    builder.withMethodBody(
        "<clinit>", MethodTypeDesc.ofDescriptor("()V"), ClassFile.ACC_STATIC, this::initialise);
  }

  private void initialise(CodeBuilder code) {
    int list = code.allocateLocal(java.lang.classfile.TypeKind.REFERENCE);
    code.invokestatic(CD_MethodHandles, "lookup", MethodTypeDesc.of(CD_MethodHandles_Lookup));
    code.ldc("_");
    code.ldc(CD_List);
    code.invokestatic(
        CD_MethodHandles,
        "classData",
        MethodTypeDesc.of(CD_Object, CD_MethodHandles_Lookup, CD_String, CD_Class));
    code.checkcast(CD_List);
    code.astore(list);
    for (int i = 0; i < values.size(); i++) {
      code.aload(list);
      code.loadConstant(i);
      code.invokeinterface(CD_List, "get", MethodTypeDesc.of(CD_Object, CD_int));
      code.checkcast(types.get(i));
      code.putstatic(owner, "k" + i, types.get(i));
    }
    code.return_();
  }
}
