package dev.weft.core.fuse;

import dev.weft.core.dtype.DType;
import dev.weft.core.expr.Expr.Finish;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.kernel.RowProgram.Kept;
import dev.weft.core.kernel.RowProgram.Step;
import dev.weft.core.kernel.RowProgram.Where;
import dev.weft.core.kernel.Sink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes the stages of a group as one row program. */
final class RowProgramBuilder {
  private final RowGroup group;
  private final Predicate<ArrayDef> wanted;
  private final List<Step> steps = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private final List<Stage.Input> inputs = new ArrayList<>();
  private final List<Stage.Output> outputs = new ArrayList<>();
  private final List<Long> scalars = new ArrayList<>();
  private final Map<Object, Integer> inputNumbers = new HashMap<>();

  /** Where the values of arrays are found that the program makes. */
  private final Map<Integer, Where> values = new HashMap<>();

  /** The stages that join partial results, by the array of these. */
  private final Map<Integer, Stage> combines = new HashMap<>();

  /**
   * @param wanted whether stages outside the group read an array, or nobody but the caller does
   */
  RowProgramBuilder(RowGroup group, Predicate<ArrayDef> wanted) {
    this.group = group;
    this.wanted = wanted;
    for (Stage stage : group.members) {
      if (stage.work() instanceof Work.Combine) {
        combines.put(((Stage.Input.OfArray) stage.inputs().getFirst()).array().id(), stage);
      }
    }
    for (Stage stage : group.members) {
      if (stage.work() instanceof Work.Fused fused) {
        add(stage, fused);
      }
    }
  }

  /** The stage, of a number that is given. */
  Stage stage(int id) {
    List<DType> types = outputs.stream().map(output -> output.array().dtype()).toList();
    RowProgram program = new RowProgram(steps, kept, inputs.size(), types, scalars.size());
    List<String> labels =
        group.members.stream()
            .filter(stage -> stage.work() instanceof Work.Fused)
            .map(Stage::label)
            .toList();
    String head = labels.stream().limit(4).collect(Collectors.joining(" then "));
    String label = labels.size() > 4 ? head + " and %d more".formatted(labels.size() - 4) : head;
    return new Stage(
        id,
        label,
        new Work.Rows(program, List.copyOf(scalars), group.domain.reduced()),
        group.domain.grid(),
        inputs,
        outputs,
        group.device,
        List.of());
  }

  private void add(Stage stage, Work.Fused fused) {
    boolean overCells = !group.domain.isOfRows(stage.iteration());
    List<Where> from = stage.inputs().stream().map(this::where).toList();
    List<Where> to = new ArrayList<>();
    List<Runnable> finishes = new ArrayList<>();
    for (int i = 0; i < stage.outputs().size(); i++) {
      Stage.Output output = stage.outputs().get(i);
      ArrayDef array = output.array();
      if (fused.kernel().sinks().get(i) instanceof Sink.Reduce) {
        Stage combine = Objects.requireNonNull(combines.get(array.id()), "rows are joined");
        to.add(partials(combine, (Work.Combine) combine.work(), finishes));
      } else {
        Where where = result(output, new Kept(array.dtype(), 1, overCells));
        values.put(array.id(), where);
        to.add(where);
      }
    }
    step(fused.kernel(), overCells, from, to, fused.scalars());
    finishes.forEach(Runnable::run);
  }

  private void step(
      FusedKernel kernel, boolean overCells, List<Where> from, List<Where> to, List<Long> bits) {
    List<Integer> numbers = new ArrayList<>(bits.size());
    for (long scalar : bits) {
      int known = scalars.indexOf(scalar);
      if (known < 0) {
        scalars.add(scalar);
      }
      numbers.add(known < 0 ? scalars.size() - 1 : known);
    }
    steps.add(new Step(kernel, overCells, from, to, numbers));
  }

  /** Where a value goes that is stored: to its array, if others read it. */
  private Where result(Stage.Output output, Kept value) {
    if (wanted.test(output.array())) {
      outputs.add(output);
      return new Where.Output(outputs.size() - 1);
    }
    return keep(value);
  }

  private Where.Scratch keep(Kept value) {
    kept.add(value);
    return new Where.Scratch(kept.size() - 1, 0);
  }

  /**
   * Where a reduction's partial result goes. Where one word of it is the value already it stays as
   * it is; else a step of its own makes the value.
   */
  private Where partials(Stage combine, Work.Combine work, List<Runnable> finishes) {
    Stage.Output output = combine.outputs().getFirst();
    ArrayDef array = output.array();
    Finish finish = Objects.requireNonNull(work.finish(), "rows are whole");
    int plane = FinishKernel.plane(finish);
    boolean isWord = plane >= 0 && FinishKernel.word(finish, work.integer()) == array.dtype();
    if (isWord && work.reduction().planes() == 1) {
      Where where = result(output, Kept.partials(work.reduction()));
      values.put(array.id(), where);
      return where;
    }
    Where.Scratch words = keep(Kept.partials(work.reduction()));
    if (isWord && !wanted.test(array)) {
      values.put(array.id(), new Where.Scratch(words.number(), plane));
      return words;
    }
    finishes.add(
        () -> {
          FinishKernel kernel = FinishKernel.of(finish, work.integer(), array.dtype());
          Where where = result(output, new Kept(array.dtype(), 1, true));
          values.put(array.id(), where);
          List<Where> from = new ArrayList<>();
          kernel.planes().forEach(p -> from.add(new Where.Scratch(words.number(), p)));
          step(kernel.kernel(), true, from, List.of(where), kernel.scalars());
        });
    return words;
  }

  /** What the program has made, or an operand from outside, which is read once. */
  private Where where(Stage.Input input) {
    if (input instanceof Stage.Input.OfArray read
        && values.get(read.array().id()) instanceof Where made) {
      return made;
    }
    Stage.Input widened = group.domain.widened(input);
    Object key =
        widened instanceof Stage.Input.OfArray read
            ? List.of(read.array().id(), read.view())
            : widened;
    return new Where.Input(
        inputNumbers.computeIfAbsent(
            key,
            k -> {
              inputs.add(widened);
              return inputs.size() - 1;
            }));
  }
}
