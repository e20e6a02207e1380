package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.expr.Expr;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Destination;
import dev.weft.core.fuse.Stage;
import dev.weft.core.memory.ResidentChunks;
import dev.weft.core.memory.SourceUses;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plan.ChunkVisitor;
import dev.weft.core.slice.ChunkExchange;
import dev.weft.core.slice.ChunkedOutputs;
import dev.weft.core.slice.PlanFingerprint;
import dev.weft.core.slice.ResultWriter;
import dev.weft.core.slice.SliceRun;
import dev.weft.core.slice.StageReads;
import dev.weft.core.slice.StageSlices;
import java.util.ArrayList;
import java.util.List;

/**
 * A job whose tasks run in slices, in any processes that have planned it alike: whatever the
 * slices, their order and how often one is run, the results have the bits of one run in one
 * process. Chunks pass from slice to slice through a {@link ChunkExchange}.
 *
 * <pre>{@code
 * SlicedJob job = SlicedJob.of(session, List.of(mean), List.of(target), memory);
 * for (int stage : job.stages()) {
 *   for (int slice = 0; slice < 4; slice++) {   // or each in a process of its own
 *     job.run(stage, job.slices(stage).tasks(slice, 4), exchange);
 *   }
 * }
 * job.finish(List.of(target), exchange);
 * }</pre>
 *
 * Kernels run on the host's CPU. Safe for many threads, until its session closes.
 */
public final class SlicedJob {
  private final Session session;
  private final Plan plan;
  private final List<StageSlices> slices;
  private final List<StageReads> reads;
  private final String fingerprint;

  private SlicedJob(Session session, Plan plan) {
    this.session = session;
    this.plan = new Plan(ChunkedOutputs.of(plan.graph()));
    this.reads =
        this.plan.graph().stages().stream().map(stage -> new StageReads(this.plan, stage)).toList();
    this.slices = plan.graph().stages().stream().map(StageSlices::new).toList();
    this.fingerprint = PlanFingerprint.of(plan.graph());
  }

  /**
   * Plans the computation of arrays, which belong to {@code session}.
   *
   * @param targets where results go in the end: they say in which chunks results are wanted
   * @param memory bytes that the plan may count on in each process; the same number everywhere
   * @throws UsageException when the arrays depend on what only this process has: on calls of the
   *     user's that are not computed yet, on persisted arrays, on code that gives other results
   *     each time
   */
  public static SlicedJob of(
      Session session, List<NDArray> arrays, List<ArrayTarget> targets, long memory) {
    Destinations.check(arrays, targets);
    session.openDevices();
    List<Expr> roots = arrays.stream().map(array -> session.own(array).expr()).toList();
    if (!ArrayInputs.needs(roots).isEmpty()) {
      throw refused(
          "it reads %s, which a task of this process computes. Compute that first, and write it to a file"
              .formatted(ArrayInputs.needs(roots).getFirst()));
    }
    List<Destination> destinations = new ArrayList<>();
    for (Destination wanted : Destinations.of(arrays, targets, session.chunkSize())) {
      destinations.add(
          wanted instanceof Destination.Regions ? wanted : new Destination.Regions(null));
    }
    SessionConfig config = session.config().withMemoryLimit(memory);
    Plan plan = JobPlan.of(roots, config, session.chunkSize(), false, destinations).plan();
    requirePortable(plan);
    return new SlicedJob(session, plan);
  }

  private static void requirePortable(Plan plan) {
    for (ArrayDef array : plan.graph().arrays()) {
      if (array.source() instanceof ResidentChunks) {
        throw refused(
            "it reads an array that this process has persisted (%s %s). Leave persist() away, or write the array to a file"
                .formatted(array.dtype(), array.shape()));
      }
    }
    for (Stage stage : plan.graph().stages()) {
      if (stage.work() instanceof Stage.Work.Host host && !host.routine().isPure()) {
        throw refused(
            "'%s' may give other results each time it is called. Compute it first, and write it to a file"
                .formatted(host.routine().name()));
      }
    }
  }

  private static UsageException refused(String why) {
    return new UsageException("the job cannot run in slices: " + why);
  }

  /** Says whether two processes have the same plan: 64 hexadecimal digits. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * The stages to run, in an order in which each reads only what those before it have left, and
   * what its own tasks have.
   */
  public List<Integer> stages() {
    return plan.graph().stages().stream()
        .filter(stage -> !(stage.work() instanceof Stage.Work.Write))
        .map(Stage::id)
        .toList();
  }

  /** What a stage computes, for people. */
  public String label(int stage) {
    return plan.graph().stages().get(stage).label();
  }

  /** Number of tasks of a stage. */
  public long tasks(int stage) {
    return plan.chunks(stage);
  }

  /** How the tasks of a stage can be cut. */
  public StageSlices slices(int stage) {
    return slices.get(stage);
  }

  /**
   * Visits the chunks that a task takes from the exchange; one may come several times. Tasks of a
   * stage that {@linkplain StageSlices#isChained is chained} read chunks of their own stage too.
   */
  public void reads(int stage, long task, ChunkVisitor visitor) {
    reads.get(stage).visit(task, visitor);
  }

  private static void visitAll(ArrayDef array, ChunkVisitor visitor) {
    for (long chunk = 0; chunk < array.grid().count(); chunk++) {
      visitor.on(array.id(), chunk);
    }
  }

  /** Visits the chunks that a task leaves in the exchange. */
  public void writes(int stage, long task, ChunkVisitor visitor) {
    plan.writes(stage, task, visitor);
  }

  /** Visits the chunks of all results, which {@link #finish} takes from the exchange. */
  public void results(ChunkVisitor visitor) {
    plan.graph().results().forEach(result -> visitAll(result, visitor));
  }

  /** Bytes of a chunk in the exchange. */
  public long bytes(int array, long chunk) {
    return plan.graph().arrays().get(array).chunkBytes(chunk);
  }

  /**
   * Runs tasks of a stage, all of whose reads are in the exchange but for those of each other.
   *
   * @param tasks those of a slice, or some of them in the same order
   * @throws dev.weft.core.error.DeviceException when one fails, saying which
   */
  public void run(int stage, long[] tasks, ChunkExchange exchange) {
    session.openDevices();
    try (SourceUses uses = new SourceUses(plan);
        SliceRun run = new SliceRun(plan, stage, session.held(), exchange)) {
      run.run(tasks);
    }
  }

  /** Brings results, all of whose chunks are in the exchange, to their targets: all or none. */
  public void finish(List<ArrayTarget> targets, ChunkExchange exchange) {
    session.openDevices();
    new ResultWriter(plan, session.held(), exchange).write(targets);
  }
}
