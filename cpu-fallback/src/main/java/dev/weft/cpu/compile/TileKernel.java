package dev.weft.cpu.compile;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fused kernel as tile code sees it: every sink is a store. A reduced value is stored into a tile
 * as float64, float32, int64 or int32, once for all its reductions, and read from there; a value
 * that is just loaded from memory as one of those types is read where it lies.
 *
 * <pre>
 * sum(sqrt(p0)), max(sqrt(p0)), sum(p1)   becomes   store sqrt(p0) -> tile 0
 *                                                   sinks 0 and 1 read tile 0, sink 2 reads p1
 * </pre>
 *
 * @param source the kernel as it was given
 * @param stores what tile code computes, or null when every sink reads an operand
 * @param sinkOutput by sink of the source: number of its output of {@code stores}, or -1
 * @param sinkParam by sink of the source: the parameter that it reads directly, or -1
 */
public record TileKernel(
    FusedKernel source, @Nullable FusedKernel stores, int[] sinkOutput, int[] sinkParam) {

  /** What tile code has to compute for {@code kernel}. */
  public static TileKernel of(FusedKernel kernel) {
    return new Rewrite(kernel).run();
  }

  /** Number of outputs that tile code writes. */
  public int outputs() {
    return stores == null ? 0 : stores.sinks().size();
  }

  /** Element type of an output of the tile code. */
  public DType outputType(int output) {
    if (stores == null) {
      throw new IllegalStateException("no value of " + source.name() + " is computed");
    }
    return ((Sink.Store) stores.sinks().get(output)).dtype();
  }

  /** Type in which a sink's values lie in memory or in a tile. */
  public DType valueType(int sink) {
    return sinkOutput[sink] >= 0
        ? outputType(sinkOutput[sink])
        : source.params().get(sinkParam[sink]).dtype();
  }

  /** Whether some sink reads this parameter as it is. */
  public boolean readsDirectly(int param) {
    return Arrays.stream(sinkParam).anyMatch(read -> read == param);
  }

  /** The type in which values of {@code dtype} are handed to the reducers. */
  static DType lane(DType dtype) {
    return switch (dtype) {
      case FLOAT64, FLOAT32, INT64, INT32 -> dtype;
      case BOOL, INT8, INT16, UINT8, UINT16 -> DType.INT32;
      case UINT32, UINT64 -> DType.INT64;
      case FLOAT16, COMPLEX64, COMPLEX128 ->
          throw new IllegalStateException(dtype + " has no kernels");
    };
  }

  /** Builds the body: only what the stores need, with conversions added at its end. */
  private static final class Rewrite {
    private final FusedKernel kernel;
    private final List<SsaValue> body = new ArrayList<>();
    private final List<Sink> stores = new ArrayList<>();
    private final int[] moved;
    private final int[] sinkOutput;
    private final int[] sinkParam;

    Rewrite(FusedKernel kernel) {
      this.kernel = kernel;
      this.moved = new int[kernel.body().size()];
      this.sinkOutput = new int[kernel.sinks().size()];
      this.sinkParam = new int[kernel.sinks().size()];
    }

    TileKernel run() {
      Arrays.fill(sinkOutput, -1);
      Arrays.fill(sinkParam, -1);
      copyNeeded();
      for (int sink = 0; sink < sinkOutput.length; sink++) {
        switch (kernel.sinks().get(sink)) {
          case Sink.Store store -> {
            sinkOutput[sink] = stores.size();
            stores.add(new Sink.Store(moved[store.value()], store.dtype()));
          }
          case Sink.Reduce reduce -> reduce(sink, reduce);
        }
      }
      FusedKernel rewritten =
          stores.isEmpty()
              ? null
              : new FusedKernel(kernel.params(), kernel.scalars(), body, stores);
      return new TileKernel(kernel, rewritten, sinkOutput, sinkParam);
    }

    private void reduce(int sink, Sink.Reduce reduce) {
      sinkParam[sink] = direct(reduce);
      if (sinkParam[sink] >= 0) {
        return;
      }
      for (int earlier = 0; earlier < sink; earlier++) {
        if (kernel.sinks().get(earlier) instanceof Sink.Reduce same
            && same.value() == reduce.value()) {
          sinkOutput[sink] = sinkOutput[earlier];
          return;
        }
      }
      DType lane = lane(reduce.dtype());
      int number = moved[reduce.value()];
      if (lane != reduce.dtype()) {
        body.add(new SsaValue.Convert(number, lane));
        number = body.size() - 1;
      }
      sinkOutput[sink] = stores.size();
      stores.add(new Sink.Store(number, lane));
    }

    /** The parameter whose elements a reduction takes as they lie in memory, or -1. */
    private int direct(Sink.Reduce reduce) {
      return kernel.body().get(reduce.value()) instanceof SsaValue.Load load
              && load.dtype() == lane(reduce.dtype())
              && kernel.params().get(load.param()) instanceof Param.Buffer
          ? load.param()
          : -1;
    }

    /** Copies the values that stores need, in their order. */
    private void copyNeeded() {
      boolean[] needed = new boolean[kernel.body().size()];
      for (Sink sink : kernel.sinks()) {
        if (sink instanceof Sink.Store || direct((Sink.Reduce) sink) < 0) {
          needed[sink.value()] = true;
        }
      }
      for (int value = needed.length - 1; value >= 0; value--) {
        if (needed[value]) {
          switch (kernel.body().get(value)) {
            case SsaValue.Load load -> {}
            case SsaValue.ScalarParam scalar -> {}
            case SsaValue.Apply apply -> apply.args().forEach(arg -> needed[arg] = true);
            case SsaValue.Convert convert -> needed[convert.arg()] = true;
          }
        }
      }
      for (int value = 0; value < needed.length; value++) {
        if (needed[value]) {
          body.add(renumbered(kernel.body().get(value)));
          moved[value] = body.size() - 1;
        }
      }
    }

    private SsaValue renumbered(SsaValue instruction) {
      return switch (instruction) {
        case SsaValue.Load load -> load;
        case SsaValue.ScalarParam scalar -> scalar;
        case SsaValue.Apply apply ->
            new SsaValue.Apply(
                apply.op(), apply.args().stream().map(arg -> moved[arg]).toList(), apply.dtype());
        case SsaValue.Convert convert ->
            new SsaValue.Convert(moved[convert.arg()], convert.dtype());
      };
    }
  }
}
