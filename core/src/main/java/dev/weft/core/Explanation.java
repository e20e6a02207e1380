package dev.weft.core;

import dev.weft.core.expr.Coarsening;
import dev.weft.core.expr.DeviceHints;
import dev.weft.core.expr.Expr;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.FusionCut;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.fuse.StageGraph;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.optimize.ExprText;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.ChunkSize;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The whole way from an expression to its tasks, as text. */
final class Explanation {
  private final StringBuilder text = new StringBuilder();
  private final DeviceGroup devices;

  private Explanation(DeviceGroup devices) {
    this.devices = devices;
  }

  static String of(JobPlan job, DeviceGroup devices, ChunkSize chunkSize) {
    Explanation explanation = new Explanation(devices);
    explanation.expression(job);
    explanation.stages(job.plan().graph());
    explanation.plan(job, chunkSize);
    return explanation.text.toString();
  }

  private void line(String format, Object... arguments) {
    text.append(format.formatted(arguments)).append('\n');
  }

  private void expression(JobPlan job) {
    line("expression (%d nodes)", Optimizer.size(job.roots()));
    text.append(ExprText.of(job.roots()));
    for (Optimizer.Step step : job.steps()) {
      if (step.changed()) {
        line("%nafter '%s' (%d nodes)", step.pass(), Optimizer.size(step.roots()));
        text.append(ExprText.of(step.roots()));
      } else {
        line("%nafter '%s': unchanged", step.pass());
      }
    }
  }

  private void stages(StageGraph graph) {
    line("%nstages (%d)", graph.stages().size());
    for (Stage stage : graph.stages()) {
      line("%n  stage %d: %s", stage.id(), stage.label());
      if (stage.device() != null) {
        line("    asked for on %s", stage.device());
      }
      line("    over %s in chunks %s", stage.iteration().shape(), stage.iteration());
      for (int i = 0; i < stage.inputs().size(); i++) {
        line("    in %d: %s", i, input(stage.inputs().get(i)));
      }
      for (Stage.Output output : stage.outputs()) {
        line("    out: %s", array(output.array()));
      }
      work(stage.work());
    }
    line("%nkept in memory, and why");
    for (FusionCut cut : graph.cuts()) {
      line("  %s: %s", cut.what(), cut.reason());
    }
  }

  private void work(Work work) {
    switch (work) {
      case Work.Fused fused -> {
        line(
            "    kernel%s",
            fused.reducedAxes().isEmpty() ? "" : ", reducing axes " + fused.reducedAxes());
        indent(fused.kernel().toString());
        generated(fused.kernel());
      }
      case Work.Rows rows -> {
        line(
            "    row program along axes %s: all steps for some rows, then for the next",
            rows.reducedAxes());
        indent(rows.program().toString());
        generated(rows.program());
      }
      case Work.Library library -> {
        line("    library kernel %s", library.kernel());
        generated(library.kernel());
      }
      case Work.Host host -> line("    %s", host.routine().shown());
      case Work.Write write ->
          line("    chunks of result %d brought to its target, on the host", write.result());
      case Work.Combine combine ->
          line("    partial results joined pairwise on the host, in the order of their chunks");
    }
  }

  /** The code of each device that may run the kernel. */
  private void generated(Kernel kernel) {
    for (GeneratedCode code : GeneratedCode.of(kernel, devices)) {
      line("    generated for %s", code.device());
      indent(code.text());
    }
  }

  private void indent(String block) {
    block.lines().forEach(row -> line("      %s", row));
  }

  private static String input(Stage.Input input) {
    String what =
        switch (input) {
          case Stage.Input.OfArray read -> array(read.array());
          case Stage.Input.Before before ->
              "what the task before along axis %d has left of %s"
                  .formatted(before.axis(), before.array().label());
          case Stage.Input.OfIndex index -> "index along axis " + index.axis();
          case Stage.Input.OfRandom random ->
              "random (seed %d, stream %d)".formatted(random.seed(), random.stream());
        };
    return input.view().isIdentity() ? what : what + " seen through " + input.view();
  }

  private static String array(ArrayDef array) {
    ArrayDef.Partial partial = array.partial();
    if (partial != null) {
      return "%s over %s, partials of %d bytes each"
          .formatted(array.label(), array.shape(), Long.BYTES * partial.reduction().planes());
    }
    return "%s %s%s, %s"
        .formatted(
            array.label(),
            array.dtype(),
            array.shape(),
            array.storage().name().toLowerCase(Locale.ROOT));
  }

  private void plan(JobPlan job, ChunkSize chunkSize) {
    Plan plan = job.plan();
    line("%nplan");
    line("  %,d tasks: %s", plan.tasks(), tasks(plan));
    line("  reads %,d bytes of sources", plan.bytesRead());
    line("  keeps %,d bytes for results and dense intermediates", plan.denseBytes());
    line(
        "  automatic chunks aim at %,d bytes, which fit the cache next to one core",
        chunkSize.targetBytes());
    keeping(job, chunkSize);
    placement(job);
    line("  planned in %.2f ms", job.nanos() / 1e6);
  }

  private void keeping(JobPlan job, ChunkSize chunkSize) {
    for (Expr root : job.roots()) {
      if (Coarsening.forKeeping(root, chunkSize) instanceof Expr.Rechunk kept && kept != root) {
        line("  persist would keep %s, since its %s", kept.chunks(), kept.why());
      }
    }
  }

  private void placement(JobPlan job) {
    if (devices.all().size() == 1) {
      Set<String> asked = DeviceHints.devices(job.roots());
      line(
          "  placement: %s (%s), the only device of this session%s",
          devices.host().info().name(),
          devices.host().info().description(),
          asked.isEmpty() ? "" : ", whatever was asked for: " + String.join(", ", asked));
      return;
    }
    List<String> lines = new PlacementText(devices, job.plan()).lines();
    line("  placement: %s", lines.getFirst());
    lines.stream().skip(1).forEach(text -> line("    %s", text));
  }

  private static String tasks(Plan plan) {
    List<Stage> stages = plan.graph().stages();
    return stages.stream()
        .map(stage -> "%,d of stage %d".formatted(plan.chunks(stage.id()), stage.id()))
        .collect(Collectors.joining(", "));
  }
}
