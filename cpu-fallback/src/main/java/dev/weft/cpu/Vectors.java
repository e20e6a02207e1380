package dev.weft.cpu;

import dev.weft.core.device.DeviceOptions;
import dev.weft.cpu.blas.Gemm;
import dev.weft.cpu.compile.ReducerSource;
import dev.weft.cpu.compile.VectorForms;
import dev.weft.cpu.memory.BufferPool;
import dev.weft.cpu.random.TileRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether vectors are used here. Nothing of the Vector API is loaded when they are not.
 *
 * @param bits width, 0 for no vectors
 * @param reason what to tell people
 * @param reducers the vector forms of reducers
 * @param randoms the vector form of random numbers, if there is one
 * @param products matrix products on vectors, if there are any
 */
record Vectors(
    int bits,
    String reason,
    ReducerSource reducers,
    @Nullable Supplier<TileRandom> randoms,
    @Nullable Function<BufferPool, Gemm> products) {
  private static final String MODULE = "jdk.incubator.vector";

  static Vectors of(DeviceOptions options) {
    if (!options.vectors()) {
      return none("off: turned off by the options of the device");
    }
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return none(
          "off: the module %s is not loaded; start java with --add-modules %s"
              .formatted(MODULE, MODULE));
    }
    VectorForms forms = VectorForms.ofBits(options.vectorBits());
    return new Vectors(forms.bits(), forms.bits() + " bits", forms, forms::random, forms::products);
  }

  private static Vectors none(String reason) {
    return new Vectors(0, reason, (kind, element) -> null, null, null);
  }
}
