package dev.weft.cpu.compile;

import dev.weft.cpu.blas.Gemm;
import dev.weft.cpu.blas.VectorGemm;
import dev.weft.cpu.memory.BufferPool;
import dev.weft.cpu.random.TileRandom;
import dev.weft.cpu.reduce.BlockReducer;
import dev.weft.cpu.reduce.Element;
import dev.weft.cpu.reduce.ReduceKind;
import dev.weft.cpu.vector.Lanes;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reducers and random numbers on vectors; to be named only where the incubator module is present.
 */
public final class VectorForms implements ReducerSource {
  private final Lanes lanes;

  private VectorForms(Lanes lanes) {
    this.lanes = lanes;
  }

  /** The forms for vectors of a width, 0 for the machine's. */
  public static VectorForms ofBits(int bits) {
    return new VectorForms(bits == 0 ? Lanes.preferred() : Lanes.ofBits(bits));
  }

  /** The width used. */
  public int bits() {
    return lanes.bits();
  }

  @Override
  public @Nullable Supplier<BlockReducer> vector(ReduceKind kind, Element element) {
    return () -> BlockReducer.of(kind, element, lanes);
  }

  /** Random numbers of seed 0 and stream 0. */
  public TileRandom random() {
    return TileRandom.vector(lanes, 0, 0);
  }

  /** Matrix products, on scratch memory of {@code pool}. */
  public Gemm products(BufferPool pool) {
    return new VectorGemm(lanes, pool);
  }
}
