package dev.weft.core.diagram;

import dev.weft.core.expr.Expr;
import dev.weft.core.fuse.Stage;
import dev.weft.core.picture.Picture;
import dev.weft.core.picture.Picture.Panel;
import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureOptions;
import dev.weft.core.picture.PictureOptions.View;
import dev.weft.core.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** The picture of a job of arrays: the views that are asked for, those that are small enough. */
public final class JobPicture {
  /** Beside the stages more tasks would make a picture of little else. */
  private static final int MOST_BESIDE = 100;

  private final List<Expr> roots;
  private final Plan plan;
  private final Devices devices;
  private final int most;

  /**
   * Where stages run.
   *
   * @param of the name of a stage's device
   * @param note how sure that is; empty for certain
   */
  public record Devices(Function<Stage, String> of, String note) {}

  private JobPicture(List<Expr> roots, Plan plan, Devices devices, int most) {
    this.roots = roots;
    this.plan = plan;
    this.devices = devices;
    this.most = most;
  }

  /**
   * The picture.
   *
   * @param roots what was asked for
   * @param plan how it is computed
   * @param devices where stages run
   */
  public static Picture of(List<Expr> roots, Plan plan, Devices devices, PictureOptions options) {
    JobPicture picture = new JobPicture(roots, plan, devices, options.mostNodes());
    List<Panel> panels = new ArrayList<>();
    for (View view : options.orderedViews()) {
      panels.add(
          switch (view) {
            case EXPRESSION -> picture.expression();
            case STAGES -> picture.stages();
            case TASKS -> picture.tasks(options.views());
          });
    }
    String title = options.title();
    return new Picture(title.isEmpty() ? picture.title() : title, panels);
  }

  private String title() {
    Expr first = roots.getFirst();
    String more = roots.size() > 1 ? " and %,d more".formatted(roots.size() - 1) : "";
    return ExpressionGraph.label(first)
        + ": "
        + ArrayFacts.detail(first.dtype(), first.chunks())
        + more;
  }

  private Panel expression() {
    return Panel.of("Expression", ExpressionGraph.of(roots), most);
  }

  private Panel stages() {
    Panel panel = Panel.of("Stages", StagesGraph.of(plan.graph(), devices.of()), most);
    return panel.note().isEmpty()
        ? new Panel(panel.heading(), devices.note(), panel.graph())
        : panel;
  }

  /** Many tasks are told by the stages, each with the number of its chunks. */
  private Panel tasks(Set<View> views) {
    boolean alone = !views.contains(View.STAGES);
    int limit = alone ? most : Math.min(most, MOST_BESIDE);
    String many = String.format(Locale.ROOT, "%,d tasks", plan.tasks());
    if (plan.tasks() <= limit) {
      PictureGraph tasks = TasksGraph.of(plan, devices.of());
      int sources = tasks.nodes().size() - (int) plan.tasks();
      if (sources > 0) {
        many += " and %,d chunks of sources".formatted(sources);
      }
      if (tasks.nodes().size() <= limit) {
        return new Panel("Tasks", many, tasks);
      }
    }
    String note = many + String.format(Locale.ROOT, ", more than %,d nodes: ", limit);
    if (alone) {
      return new Panel("Tasks", note + "drawn by stage", stages().graph());
    }
    String remedy = limit < most ? "see the stages, or draw the tasks alone" : "see the stages";
    return new Panel("Tasks", note + remedy, new PictureGraph(List.of(), List.of()));
  }
}
