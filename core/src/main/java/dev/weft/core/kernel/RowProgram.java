package dev.weft.core.kernel;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.op.Reduction;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fused kernels that run one after the other over the same rows, as one kernel. A row is all that
 * lies along the reduced axes of a launch, which are its last ones; no step looks beyond its own
 * row, so that a device may take as many rows at a time as it likes, and every step reduces a row
 * in the order that it would alone.
 *
 * <p>The iteration space is that of the rows. Steps over cells, of which each row is one, see its
 * reduced axes with extent 1.
 *
 * @param steps what runs, in order
 * @param kept values that only the program itself reads
 * @param inputs how many operands are read
 * @param outputs the element type of each operand that is written
 * @param scalars how many scalars there are
 */
public record RowProgram(
    List<Step> steps, List<Kept> kept, int inputs, List<DType> outputs, int scalars)
    implements Kernel {

  /**
   * One kernel.
   *
   * @param overCells whether it runs over cells rather than over the elements of rows
   * @param from what each of its parameters reads
   * @param to what each of its sinks writes; a reducing sink writes its partial result, which for
   *     an operand that is written must be the value itself
   * @param scalars which of the program's scalars are the kernel's
   */
  public record Step(
      FusedKernel kernel,
      boolean overCells,
      List<Where> from,
      List<Where> to,
      List<Integer> scalars) {
    /** Copies the lists. */
    public Step {
      from = List.copyOf(from);
      to = List.copyOf(to);
      scalars = List.copyOf(scalars);
    }

    /** Whether any sink reduces. */
    public boolean reduces() {
      return kernel.sinks().stream().anyMatch(Sink.Reduce.class::isInstance);
    }
  }

  /** What a step reads or writes. */
  public sealed interface Where {
    /** An operand that is read. */
    record Input(int number) implements Where {}

    /** An operand that is written, and perhaps read by later steps. */
    record Output(int number) implements Where {}

    /** A plane of a value that is kept; its first for all that have one. */
    record Scratch(int number, int plane) implements Where {}
  }

  /**
   * A value that is kept while the program runs.
   *
   * @param planes how many words of a partial result, each in a plane of its own; else 1
   * @param ofCells whether it has one element for each row rather than a row of them
   */
  public record Kept(DType dtype, int planes, boolean ofCells) {
    /** The partial results of a reduction. */
    public static Kept partials(Reduction reduction) {
      return new Kept(DType.INT64, reduction.planes(), true);
    }
  }

  /** Copies the lists and verifies the steps. */
  public RowProgram {
    steps = List.copyOf(steps);
    kept = List.copyOf(kept);
    outputs = List.copyOf(outputs);
    for (Step step : steps) {
      boolean valid =
          step.from.size() == step.kernel.params().size()
              && step.to.size() == step.kernel.sinks().size()
              && step.scalars.size() == step.kernel.scalars()
              && !(step.overCells && step.reduces());
      for (Where where : step.from) {
        valid &= isThere(where, inputs, outputs.size(), kept);
      }
      for (Where where : step.to) {
        valid &= isThere(where, 0, outputs.size(), kept);
      }
      for (int scalar : step.scalars) {
        valid &= scalar >= 0 && scalar < scalars;
      }
      if (!valid) {
        throw new InternalException("a step of a row program is malformed: " + step);
      }
    }
  }

  private static boolean isThere(Where where, int inputs, int outputs, List<Kept> kept) {
    return switch (where) {
      case Where.Input(int number) -> number >= 0 && number < inputs;
      case Where.Output(int number) -> number >= 0 && number < outputs;
      case Where.Scratch(int number, int plane) ->
          number >= 0 && number < kept.size() && plane >= 0 && plane < kept.get(number).planes;
    };
  }

  @Override
  public String name() {
    return steps.stream().map(step -> step.kernel.name()).collect(Collectors.joining("_then_"));
  }

  /** The steps as text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      text.append("step ").append(i).append(step.overCells ? ", one value a row:\n" : ":\n");
      for (int p = 0; p < step.from.size(); p++) {
        text.append("  p").append(p).append(" is ").append(text(step.from.get(p))).append('\n');
      }
      for (int s = 0; s < step.scalars.size(); s++) {
        text.append("  s%d is scalar %d%n".formatted(s, step.scalars.get(s)));
      }
      step.kernel.toString().lines().forEach(line -> text.append("  ").append(line).append('\n'));
      for (int s = 0; s < step.to.size(); s++) {
        boolean stores = step.kernel.sinks().get(s) instanceof Sink.Store;
        text.append(stores ? "  out" : "  partials").append(s).append(" is ");
        text.append(text(step.to.get(s))).append('\n');
      }
    }
    return text.toString();
  }

  private String text(Where where) {
    return switch (where) {
      case Where.Input(int number) -> "in " + number;
      case Where.Output(int number) -> "out " + number;
      case Where.Scratch(int number, int plane) -> {
        Kept value = kept.get(number);
        String what = value.ofCells ? "value of the row" : "row";
        yield value.planes == 1
            ? "kept %s %d".formatted(what, number)
            : "kept %s %d, plane %d of %d".formatted(what, number, plane, value.planes);
      }
    };
  }
}
