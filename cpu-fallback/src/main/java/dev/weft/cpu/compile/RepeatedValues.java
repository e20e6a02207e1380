package dev.weft.cpu.compile;

import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.kernel.RowProgram.Kept;
import dev.weft.core.kernel.RowProgram.Step;
import dev.weft.core.kernel.RowProgram.Where;
import dev.weft.core.kernel.Sink;
import dev.weft.core.kernel.SsaValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Expensive values that several steps of a row program compute. The first step keeps them with the
 * rows, in the cache, and later ones read them.
 *
 * <pre>
 * sum(exp(x - m))  exp(x - m) / s    becomes    e = exp(x - m), sum(e)  e / s
 * </pre>
 */
final class RepeatedValues {
  /** Price in additions from which reading a value from the cache is cheaper: a function. */
  private static final int EXPENSIVE = 12;

  private final RowProgram program;
  private final List<Kept> kept;

  /** Equal values have equal numbers. */
  private final Map<Object, Integer> numbers = new HashMap<>();

  private final List<int[]> numbered = new ArrayList<>();

  /** By number of a value: the step that computes it first. */
  private final Map<Integer, Integer> first = new HashMap<>();

  /** By number of a value: where it has been stored. */
  private final Map<Integer, Where> stored = new HashMap<>();

  /** By step: values that it stores beside what it did before. */
  private final List<Map<Integer, Where>> stores = new ArrayList<>();

  /** By step: values that it reads rather than computes. */
  private final List<Map<Integer, Where>> reads = new ArrayList<>();

  private RepeatedValues(RowProgram program) {
    this.program = program;
    this.kept = new ArrayList<>(program.kept());
    program.steps().forEach(this::number);
  }

  /** The program in which no step computes an expensive value that an earlier one has computed. */
  static RowProgram keep(RowProgram program) {
    RepeatedValues values = new RepeatedValues(program);
    for (int step = 0; step < program.steps().size(); step++) {
      if (!program.steps().get(step).overCells()) {
        values.find(step);
      }
    }
    return values.kept.size() == program.kept().size() && values.isUnchanged()
        ? program
        : values.rewritten();
  }

  private boolean isUnchanged() {
    return reads.stream().allMatch(Map::isEmpty);
  }

  private record Loaded(Where where, Param param) {}

  private record ScalarOf(int number, Object dtype) {}

  private record Applied(Object op, List<Integer> args, Object dtype) {}

  private void number(Step step) {
    List<SsaValue> body = step.kernel().body();
    int[] own = new int[body.size()];
    for (int v = 0; v < own.length; v++) {
      Object key =
          switch (body.get(v)) {
            case SsaValue.Load load ->
                new Loaded(step.from().get(load.param()), step.kernel().params().get(load.param()));
            case SsaValue.ScalarParam scalar ->
                new ScalarOf(step.scalars().get(scalar.scalar()), scalar.dtype());
            case SsaValue.Apply apply ->
                new Applied(
                    apply.op(), apply.args().stream().map(a -> own[a]).toList(), apply.dtype());
            case SsaValue.Convert convert ->
                new Applied("convert", List.of(own[convert.arg()]), convert.dtype());
          };
      own[v] = numbers.computeIfAbsent(key, k -> numbers.size());
    }
    numbered.add(own);
    stores.add(new HashMap<>());
    reads.add(new HashMap<>());
  }

  private void find(int number) {
    Step step = program.steps().get(number);
    List<SsaValue> body = step.kernel().body();
    int[] own = numbered.get(number);
    boolean[] repeated = new boolean[own.length];
    boolean[] needed = new boolean[own.length];
    step.kernel().sinks().forEach(sink -> needed[sink.value()] = true);
    for (int v = own.length - 1; v >= 0; v--) {
      repeated[v] = first.containsKey(own[v]) && price(body, v) >= EXPENSIVE;
      if (needed[v] && !repeated[v]) {
        args(body.get(v)).forEach(arg -> needed[arg] = true);
      }
    }
    for (int v = 0; v < own.length; v++) {
      if (repeated[v] && needed[v]) {
        reads.get(number).put(v, where(own[v], body.get(v)));
      }
      first.putIfAbsent(own[v], number);
    }
    for (int i = 0; i < step.to().size(); i++) {
      if (step.kernel().sinks().get(i) instanceof Sink.Store store) {
        stored.putIfAbsent(own[store.value()], step.to().get(i));
      }
    }
  }

  /** Where a value is kept that an earlier step computes. */
  private Where where(int number, SsaValue value) {
    return stored.computeIfAbsent(
        number,
        n -> {
          kept.add(new Kept(value.dtype(), 1, false));
          Where where = new Where.Scratch(kept.size() - 1, 0);
          int step = Objects.requireNonNull(first.get(number));
          int[] own = numbered.get(step);
          int v = 0;
          while (own[v] != number) {
            v++;
          }
          stores.get(step).put(v, where);
          return where;
        });
  }

  private static List<Integer> args(SsaValue value) {
    return switch (value) {
      case SsaValue.Load load -> List.of();
      case SsaValue.ScalarParam scalar -> List.of();
      case SsaValue.Apply apply -> apply.args();
      case SsaValue.Convert convert -> List.of(convert.arg());
    };
  }

  private static int price(List<SsaValue> body, int root) {
    Set<Integer> seen = new HashSet<>(Set.of(root));
    List<Integer> open = new ArrayList<>(seen);
    int price = 0;
    while (!open.isEmpty()) {
      int v = open.removeLast();
      price += body.get(v) instanceof SsaValue.Apply apply ? apply.op().cost() : 0;
      args(body.get(v)).stream().filter(seen::add).forEach(open::add);
    }
    return price;
  }

  private RowProgram rewritten() {
    List<Step> steps = new ArrayList<>();
    for (int step = 0; step < program.steps().size(); step++) {
      boolean same = reads.get(step).isEmpty() && stores.get(step).isEmpty();
      steps.add(same ? program.steps().get(step) : rewritten(step));
    }
    return new RowProgram(steps, kept, program.inputs(), program.outputs(), program.scalars());
  }

  private Step rewritten(int number) {
    Step step = program.steps().get(number);
    List<Sink> sinks = new ArrayList<>(step.kernel().sinks());
    List<Where> to = new ArrayList<>(step.to());
    stores
        .get(number)
        .forEach(
            (value, where) -> {
              sinks.add(new Sink.Store(value, step.kernel().body().get(value).dtype()));
              to.add(where);
            });
    return new Rewriting(step, reads.get(number)).of(sinks, to);
  }

  /** A step with only what its sinks still need, in which some values are read. */
  private static final class Rewriting {
    private final Step step;
    private final FusedKernel kernel;
    private final Map<Integer, Where> read;
    private final List<SsaValue> body = new ArrayList<>();
    private final List<Param> params = new ArrayList<>();
    private final List<Where> from = new ArrayList<>();
    private final List<Integer> scalars = new ArrayList<>();
    private final int[] moved;

    Rewriting(Step step, Map<Integer, Where> read) {
      this.step = step;
      this.kernel = step.kernel();
      this.read = read;
      this.moved = new int[kernel.body().size()];
    }

    Step of(List<Sink> sinks, List<Where> to) {
      boolean[] needed = new boolean[moved.length];
      sinks.forEach(sink -> needed[sink.value()] = true);
      for (int v = needed.length - 1; v >= 0; v--) {
        if (needed[v] && !read.containsKey(v)) {
          args(kernel.body().get(v)).forEach(arg -> needed[arg] = true);
        }
      }
      for (int v = 0; v < needed.length; v++) {
        if (needed[v]) {
          Where kept = read.get(v);
          SsaValue value = kernel.body().get(v);
          body.add(kept == null ? moved(value) : load(new Param.Buffer(value.dtype()), kept));
          moved[v] = body.size() - 1;
        }
      }
      FusedKernel rewritten =
          new FusedKernel(params, scalars.size(), body, sinks.stream().map(this::moved).toList());
      return new Step(rewritten, false, from, to, scalars);
    }

    private SsaValue load(Param param, Where where) {
      params.add(param);
      from.add(where);
      return new SsaValue.Load(params.size() - 1, param.dtype());
    }

    private SsaValue moved(SsaValue value) {
      return switch (value) {
        case SsaValue.Load load ->
            load(kernel.params().get(load.param()), step.from().get(load.param()));
        case SsaValue.ScalarParam scalar -> {
          scalars.add(step.scalars().get(scalar.scalar()));
          yield new SsaValue.ScalarParam(scalars.size() - 1, scalar.dtype());
        }
        case SsaValue.Apply apply ->
            new SsaValue.Apply(
                apply.op(), apply.args().stream().map(arg -> moved[arg]).toList(), apply.dtype());
        case SsaValue.Convert convert ->
            new SsaValue.Convert(moved[convert.arg()], convert.dtype());
      };
    }

    private Sink moved(Sink sink) {
      return switch (sink) {
        case Sink.Store store -> new Sink.Store(moved[store.value()], store.dtype());
        case Sink.Reduce reduce ->
            new Sink.Reduce(moved[reduce.value()], reduce.reduction(), reduce.dtype());
      };
    }
  }
}
