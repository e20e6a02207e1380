package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.SsaValue;
import dev.weft.kernels.CompositionExpansion;
import dev.weft.kernels.Expansion;
import dev.weft.kernels.jvm.vector.LaneType;
import dev.weft.kernels.jvm.vector.VectorForm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says whether a kernel has a vector loop. Does not look whether the JVM has the Vector API. */
public final class VectorSupport {
  private VectorSupport() {}

  /** Why the kernel has no vector loop at this width; empty when it has one. */
  public static Optional<String> check(FusedKernel kernel, int vectorBits) {
    return check(expand(kernel), vectorBits);
  }

  static Expansion expand(FusedKernel kernel) {
    return CompositionExpansion.expand(kernel, VectorForm::isPrimitive);
  }

  static Optional<String> check(Expansion expansion, int vectorBits) {
    if (vectorBits != 128 && vectorBits != 256 && vectorBits != 512) {
      return Optional.of("vectors of %d bits are not used".formatted(vectorBits));
    }
    List<SsaValue> body = expansion.kernel().body();
    if (hasHalf(expansion.kernel())) {
      return Optional.of("float16 has no vector form");
    }
    Optional<String> narrow = narrowest(expansion.kernel(), vectorBits);
    return narrow.isPresent()
        ? narrow
        : body.stream().flatMap(value -> obstacle(value, body, vectorBits).stream()).findFirst();
  }

  private static boolean hasHalf(FusedKernel kernel) {
    return kernel.body().stream().anyMatch(value -> value.dtype() == DType.FLOAT16);
  }

  /** C2 has no vectors of two bytes: they would be boxed. */
  private static Optional<String> narrowest(FusedKernel kernel, int vectorBits) {
    if (lanes(kernel, vectorBits) > 2) {
      return Optional.empty();
    }
    Stream<DType> loaded =
        kernel.body().stream().filter(SsaValue.Load.class::isInstance).map(SsaValue::dtype);
    Stream<DType> stored =
        kernel.sinks().stream().map(sink -> kernel.body().get(sink.value()).dtype());
    return Stream.concat(loaded, stored)
        .filter(dtype -> dtype.itemSize() == 1)
        .findFirst()
        .map(
            dtype ->
                "%s has no vector form beside 64-bit types at %d bits"
                    .formatted(dtype, vectorBits));
  }

  private static Optional<String> obstacle(SsaValue value, List<SsaValue> body, int vectorBits) {
    return switch (value) {
      case SsaValue.Load load -> Optional.empty();
      case SsaValue.ScalarParam scalar -> Optional.empty();
      case SsaValue.Convert convert -> {
        DType from = body.get(convert.arg()).dtype();
        yield VectorForm.exists(from, convert.dtype(), vectorBits)
            ? Optional.empty()
            : Optional.of(
                "the conversion of %s to %s has no vector form at %d bits"
                    .formatted(from, convert.dtype(), vectorBits));
      }
      case SsaValue.Apply apply -> {
        DType operand = body.get(apply.args().getLast()).dtype();
        String missing = "%s has no vector form for %s".formatted(apply.op().name(), operand);
        if (!VectorForm.exists(apply.op(), operand)) {
          yield Optional.of(missing);
        }
        yield VectorForm.isFast(apply.op(), operand, vectorBits)
            ? Optional.empty()
            : Optional.of("%s at %d bits".formatted(missing, vectorBits));
      }
    };
  }

  /** Lanes common to all values: as many as the widest lane type among them has. */
  static int lanes(FusedKernel kernel, int vectorBits) {
    int widest =
        Stream.concat(
                kernel.body().stream().map(SsaValue::dtype),
                kernel.params().stream().map(Param::dtype))
            .mapToInt(dtype -> LaneType.of(dtype).bits)
            .max()
            .orElse(LaneType.INT.bits);
    return vectorBits / widest;
  }
}
