package dev.weft.kernels.jvm.vector;

import dev.weft.core.dtype.DType;
import dev.weft.core.dtype.DType.Kind;
import dev.weft.kernels.jvm.loop.ElementAddress;
import dev.weft.kernels.jvm.scalar.Carrier;
import dev.weft.kernels.jvm.scalar.ScalarMemory;
import java.lang.classfile.CodeBuilder;

/**
 * Reads and writes one vector of elements converting between stored and computed lanes. Elements
 * that do not fill the narrowest vector travel as one short or int, so that nothing beyond them is
 * touched.
 */
final class VectorMemory {
  private final CodeBuilder code;
  private final VectorCode vectors;
  private final ScalarMemory scalars;

  VectorMemory(CodeBuilder code, VectorCode vectors) {
    this.code = code;
    this.vectors = vectors;
    this.scalars = new ScalarMemory(code);
  }

  /** The lanes of the mask that {@link #load} pushes and {@link #storeMask} takes. */
  LaneType maskLanes() {
    return vectors.fills(LaneType.BYTE) ? LaneType.BYTE : LaneType.INT;
  }

  /** Pushes the vector, or for bool the mask, at {@code place}. */
  void load(DType dtype, ElementAddress place) {
    LaneType stored = LaneType.stored(dtype);
    if (vectors.fills(stored)) {
      vectors.load(stored, place);
    } else {
      loadPart(stored, place);
    }
    LaneType lanes = dtype == DType.BOOL ? maskLanes() : LaneType.of(dtype);
    if (lanes != stored) {
      vectors.convert(stored, lanes, dtype.kind() == Kind.UNSIGNED);
    }
    if (dtype == DType.BOOL) {
      vectors.isNonzero(lanes);
    }
  }

  private void loadPart(LaneType stored, ElementAddress place) {
    LaneType word = word(stored);
    DType bits = word == LaneType.INT ? DType.INT32 : DType.INT16;
    code.getstatic(word.vector, "SPECIES_64", VectorCode.api("VectorSpecies"));
    scalars.get(bits, place);
    code.invokestatic(
        word.vector,
        "broadcast",
        java.lang.constant.MethodTypeDesc.of(
            word.vector, VectorCode.api("VectorSpecies"), word.element));
    vectors.reinterpret(word, stored);
  }

  /** Pushes the single element at {@code place} in its carrier. */
  void element(DType dtype, ElementAddress place) {
    scalars.get(dtype, place);
  }

  /** Stores the vector that {@code pushValue} pushes. */
  void store(DType dtype, ElementAddress place, Runnable pushValue) {
    pushValue.run();
    LaneType stored = LaneType.stored(dtype);
    LaneType lanes = LaneType.of(dtype);
    if (lanes != stored) {
      vectors.convert(lanes, stored, false);
    }
    storeLanes(stored, place);
  }

  /** Stores the mask that {@code pushMask} pushes as bytes 0 and 1. */
  void storeMask(ElementAddress place, Runnable pushMask) {
    LaneType lanes = maskLanes();
    vectors.ones(lanes, pushMask);
    if (lanes != LaneType.BYTE) {
      vectors.convert(lanes, LaneType.BYTE, false);
    }
    storeLanes(LaneType.BYTE, place);
  }

  private void storeLanes(LaneType stored, ElementAddress place) {
    if (vectors.fills(stored)) {
      vectors.store(stored, place);
      return;
    }
    LaneType word = word(stored);
    vectors.reinterpret(stored, word);
    vectors.firstLane(word);
    int bits = code.allocateLocal(Carrier.INT.kind);
    code.istore(bits);
    scalars.set(word == LaneType.INT ? DType.INT32 : DType.INT16, place, () -> code.iload(bits));
  }

  /** The integer that holds all lanes of a part of the narrowest vector. */
  private LaneType word(LaneType stored) {
    return vectors.lanes() * stored.bits == 32 ? LaneType.INT : LaneType.SHORT;
  }
}
