package dev.weft.dashboard.state;

import dev.weft.core.event.JobEvent;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.kernel.Kernel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a dashboard keeps of a stage. Of its arrays nothing: they belong to the user, and may be
 * large.
 *
 * @param kind such as {@code kernel} or {@code join}
 * @param bytes that all tasks together read and write
 * @param reads stages whose results it reads; a kind of tasks of functions may read itself and
 *     later ones
 * @param writesAway whether its results leave memory at once
 * @param kernel what its tasks launch, if they do
 */
record StageFacts(
    String label,
    String kind,
    String shape,
    String grid,
    long tasks,
    long bytes,
    List<Integer> reads,
    boolean staged,
    boolean writesAway,
    @Nullable String asked,
    @Nullable Kernel kernel) {

  /** The stages of a job, or its kinds of tasks. */
  static List<StageFacts> of(JobEvent.Began job) {
    return switch (job) {
      case JobEvent.Planned planned -> of(planned.stages());
      case JobEvent.TasksPlanned tasks -> of(tasks);
    };
  }

  private static List<StageFacts> of(JobEvent.TasksPlanned job) {
    Map<Integer, TreeSet<Integer>> reads = new HashMap<>();
    for (JobEvent.Edge edge : job.edges()) {
      reads.computeIfAbsent(edge.to(), to -> new TreeSet<>()).add(edge.from());
    }
    List<StageFacts> facts = new ArrayList<>();
    for (JobEvent.Kind kind : job.kinds()) {
      TreeSet<Integer> read = reads.getOrDefault(facts.size(), new TreeSet<>());
      facts.add(of(kind, List.copyOf(read)));
    }
    return facts;
  }

  private static StageFacts of(JobEvent.Kind kind, List<Integer> reads) {
    return new StageFacts(
        Text.label(kind.label()),
        "function",
        "",
        "",
        kind.tasks(),
        0,
        reads,
        false,
        false,
        null,
        null);
  }

  private static List<StageFacts> of(List<Stage> stages) {
    Map<Integer, List<Integer>> makers = new HashMap<>();
    List<StageFacts> facts = new ArrayList<>();
    for (Stage stage : stages) {
      facts.add(of(stage, makers));
      for (Stage.Output output : stage.outputs()) {
        makers.computeIfAbsent(output.array().id(), id -> new ArrayList<>()).add(stage.id());
      }
    }
    return facts;
  }

  private static StageFacts of(Stage stage, Map<Integer, List<Integer>> makers) {
    TreeSet<Integer> reads = new TreeSet<>();
    long bytes = 0;
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray of) {
        ArrayDef array = of.array();
        reads.addAll(makers.getOrDefault(array.id(), List.of()));
        if (array.alias() != null) {
          reads.addAll(makers.getOrDefault(array.alias().id(), List.of()));
        }
        bytes += Math.min(elements(array), stage.iteration().shape().size()) * size(array);
      }
    }
    for (Stage.Output output : stage.outputs()) {
      bytes +=
          Math.min(elements(output.array()), stage.iteration().shape().size())
              * size(output.array());
    }
    return new StageFacts(
        Text.label(stage.label()),
        kind(stage.work()),
        stage.iteration().shape().toString(),
        grid(stage),
        stage.iteration().count(),
        bytes,
        List.copyOf(reads),
        true,
        stage.work() instanceof Stage.Work.Write,
        stage.device(),
        stage.work().kernel());
  }

  private static long elements(ArrayDef array) {
    return array.shape().size();
  }

  private static long size(ArrayDef array) {
    return array.dtype().itemSize();
  }

  private static String grid(Stage stage) {
    StringBuilder text = new StringBuilder();
    for (int axis = 0; axis < stage.iteration().rank(); axis++) {
      text.append(axis == 0 ? "" : " x ").append(stage.iteration().axis(axis).count());
    }
    return text.toString();
  }

  private static String kind(Stage.Work work) {
    return switch (work) {
      case Stage.Work.Fused fused -> "kernel";
      case Stage.Work.Rows rows -> "rows";
      case Stage.Work.Library library -> "library";
      case Stage.Work.Host host -> host.routine().isPure() ? "library" : "function";
      case Stage.Work.Combine combine -> "join";
      case Stage.Work.Write write -> "write";
    };
  }

  /** Whether its tasks bring partial results together on the host. */
  boolean joins() {
    return kind.equals("join") || kind.equals("write");
  }
}
