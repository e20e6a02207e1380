package dev.weft.kernels.jvm;

import dev.weft.core.dtype.DType;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import dev.weft.kernels.Expansion;
import dev.weft.kernels.jvm.loop.LoopArgument;
import dev.weft.kernels.jvm.loop.TileBody;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Cuts a body that is too large for one method into parts. Loads and scalars are repeated where
 * they are used; other values that a later part needs are stored by one part and loaded by the
 * others. All outputs are stored by the last part, since an output may lie where an operand is.
 *
 * <pre>
 * %0 = load p0                  %0 = load p0          %0 = load p0
 * %1 = f %0               -->   %1 = f %0             %1 = load scratch
 * %2 = g %1, %0                 store %1 -> scratch   %2 = g %1, %0
 * store %2 -> out0                                    store %2 -> out0
 * </pre>
 */
final class KernelSplit {
  private final Expansion expansion;
  private final List<SsaValue> body;
  private final BitSet uniform;
  private final int limit;
  private final int[] lastUse;
  private final Map<Integer, Integer> scratch = new LinkedHashMap<>();

  private KernelSplit(Expansion expansion, BitSet uniform, int limit) {
    this.expansion = expansion;
    this.body = expansion.kernel().body();
    this.uniform = uniform;
    this.limit = limit;
    this.lastUse = new int[body.size()];
    for (int i = 0; i < body.size(); i++) {
      for (int arg : args(body.get(i))) {
        lastUse[arg] = i;
      }
    }
    expansion.kernel().sinks().forEach(sink -> lastUse[sink.value()] = body.size());
  }

  /**
   * A part as a kernel of its own, with the place of each of its arguments; none: the tile's own.
   */
  record Part(TileBody body, List<LoopArgument> arguments) {}

  /** The parts in order and the number of scratch values. */
  record Parts(List<Part> parts, int scratchValues) {}

  /**
   * Parts of at most {@code limit} values. A body that is small enough is the only part, as it is.
   */
  static Parts split(Expansion expansion, BitSet uniform, int limit) {
    if (expansion.kernel().body().size() <= limit) {
      return new Parts(List.of(new Part(new TileBody(expansion, uniform), List.of())), 0);
    }
    KernelSplit split = new KernelSplit(expansion, uniform, limit);
    List<Part> parts = new ArrayList<>();
    int from = 0;
    do {
      int to = split.cut(from);
      parts.add(split.part(from, to));
      from = to;
    } while (from < split.body.size());
    return new Parts(parts, split.scratch.size());
  }

  private static List<Integer> args(SsaValue instruction) {
    return switch (instruction) {
      case SsaValue.Load load -> List.of();
      case SsaValue.ScalarParam scalar -> List.of();
      case SsaValue.Convert convert -> List.of(convert.arg());
      case SsaValue.Apply apply -> apply.args();
    };
  }

  private boolean isRepeated(int value) {
    return args(body.get(value)).isEmpty();
  }

  /** The end of the part that starts at {@code from}: in its second half, fewest values cross. */
  private int cut(int from) {
    if (body.size() - from <= limit) {
      return body.size();
    }
    int best = from + limit;
    int fewest = Integer.MAX_VALUE;
    for (int to = from + limit; to > from + limit / 2; to--) {
      int crossing = 0;
      for (int i = 0; i < to; i++) {
        if (!isRepeated(i) && lastUse[i] >= to) {
          crossing++;
        }
      }
      if (crossing < fewest) {
        fewest = crossing;
        best = to;
      }
    }
    return best;
  }

  private Part part(int from, int to) {
    boolean last = to == body.size();
    PartBuilder part = new PartBuilder();
    for (int i = from; i < to; i++) {
      if (!isRepeated(i)) {
        part.add(i);
      }
    }
    List<Integer> stored = new ArrayList<>();
    if (last) {
      expansion.kernel().sinks().forEach(sink -> stored.add(sink.value()));
    } else {
      for (int i = from; i < to; i++) {
        if (!isRepeated(i) && lastUse[i] >= to) {
          scratch.put(i, scratch.size());
          stored.add(i);
        }
      }
    }
    return part.finish(stored, last);
  }

  /** Collects the values of one part under their new numbers. */
  private final class PartBuilder {
    private final List<SsaValue> values = new ArrayList<>();
    private final List<Param> params = new ArrayList<>();
    private final List<LoopArgument> arguments = new ArrayList<>();
    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final Map<Integer, Integer> paramNumbers = new HashMap<>();
    private final BitSet uniformParams = new BitSet();

    int number(int value) {
      Integer known = numbers.get(value);
      if (known != null) {
        return known;
      }
      Integer slot = scratch.get(value);
      if (slot != null) {
        DType dtype = body.get(value).dtype();
        params.add(new Param.Buffer(dtype));
        arguments.add(new LoopArgument(slot, true, dtype.itemSize()));
        return put(value, new SsaValue.Load(params.size() - 1, dtype));
      }
      return add(value);
    }

    int add(int value) {
      return put(
          value,
          switch (body.get(value)) {
            case SsaValue.Load load ->
                new SsaValue.Load(
                    paramNumbers.computeIfAbsent(load.param(), this::operand), load.dtype());
            case SsaValue.ScalarParam scalar -> scalar;
            case SsaValue.Convert convert ->
                new SsaValue.Convert(number(convert.arg()), convert.dtype());
            case SsaValue.Apply apply ->
                new SsaValue.Apply(
                    apply.op(), apply.args().stream().map(this::number).toList(), apply.dtype());
          });
    }

    private int put(int value, SsaValue instruction) {
      values.add(instruction);
      numbers.put(value, values.size() - 1);
      return values.size() - 1;
    }

    private int operand(int number) {
      Param param = expansion.kernel().params().get(number);
      boolean isUniform = uniform.get(number);
      uniformParams.set(params.size(), isUniform);
      params.add(param);
      arguments.add(new LoopArgument(number, false, isUniform ? 0 : param.dtype().itemSize()));
      return params.size() - 1;
    }

    Part finish(List<Integer> stored, boolean last) {
      List<Sink> sinks = new ArrayList<>();
      int operands = expansion.kernel().params().size();
      for (int value : stored) {
        sinks.add(new Sink.Store(number(value), body.get(value).dtype()));
      }
      for (int i = 0; i < expansion.launchScalars(); i++) {
        arguments.add(new LoopArgument(operands + i, false, 0));
      }
      for (int i = 0; i < stored.size(); i++) {
        int bytes = body.get(stored.get(i)).dtype().itemSize();
        arguments.add(
            last
                ? new LoopArgument(operands + expansion.launchScalars() + i, false, bytes)
                : new LoopArgument(
                    Objects.requireNonNull(scratch.get(stored.get(i))), true, bytes));
      }
      FusedKernel kernel = new FusedKernel(params, expansion.kernel().scalars(), values, sinks);
      return new Part(
          new TileBody(new Expansion(kernel, expansion.constants()), uniformParams), arguments);
    }
  }
}
