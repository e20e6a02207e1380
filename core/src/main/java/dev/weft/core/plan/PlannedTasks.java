package dev.weft.core.plan;

import dev.weft.core.error.UsageException;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage;
import dev.weft.core.schedule.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a plan as numbers. Kinds are its stages, items the chunks of its arrays. A dense
 * array that is read under another shape has one item more, that all of it is there, and a task of
 * a kind of its own that makes this item: its readers need not name every chunk.
 */
public final class PlannedTasks implements TaskGraph {
  private final Plan plan;
  private final List<ArrayDef> arrays;
  private final boolean[] listed;
  private final HeldChunks held;
  private final StageWork work;
  private final ReaderCounts counts;
  private final int[] firstTasks;
  private final int[] firstItems;
  private final List<ArrayDef> shown = new ArrayList<>();
  private final List<Integer> finals = new ArrayList<>();
  private final boolean[] hostStages;
  private final boolean[] listsSources;
  private final boolean[] hostArrays;
  private final Finished finished;
  private int[] found = new int[16];

  /** What is among those found: a task may read the same item for several operands. */
  private final BitSet seen = new BitSet();

  private int size;

  /** Tells what results have from an earlier job. */
  @FunctionalInterface
  public interface Finished {
    /** Whether they have a chunk of result {@code number}. */
    boolean has(int number, long chunk);
  }

  /**
   * The tasks of a plan.
   *
   * @param sources whether chunks of sources that lie in memory are items too: where all tasks run
   *     on the host they are read in place
   */
  public PlannedTasks(Plan plan, boolean sources) {
    this(plan, sources, array -> false, (number, chunk) -> false);
  }

  /**
   * The tasks of a plan.
   *
   * @param away which of the given arrays are to be brought to where tasks run, whatever {@code
   *     sources} says
   * @param finished what need not be written to targets again
   */
  public PlannedTasks(Plan plan, boolean sources, Predicate<ArrayDef> away, Finished finished) {
    this.plan = plan;
    this.finished = finished;
    this.arrays = plan.graph().arrays();
    this.listed = new boolean[arrays.size()];
    this.held = plan.held();
    List<Stage> stages = plan.graph().stages();
    this.work = new StageWork(stages);
    this.hostStages = new boolean[stages.size()];
    this.listsSources = new boolean[stages.size()];
    this.hostArrays = new boolean[arrays.size()];
    for (ArrayDef array : arrays) {
      hostArrays[array.id()] = array.storage() == Storage.DENSE;
      listed[array.id()] = sources || array.isRead() || away.test(array);
    }
    for (Stage stage : stages) {
      hostStages[stage.id()] = HostWork.is(stage);
      if (!stage.ahead().isEmpty()) {
        finals.add(stage.id());
      }
      for (Stage.Input input : stage.inputs()) {
        if (input instanceof Stage.Input.OfArray(var array, var view)) {
          hostArrays[array.id()] |= hostStages[stage.id()];
          listsSources[stage.id()] |= listed[array.id()];
          if (array.alias() != null && !shown.contains(array.alias())) {
            shown.add(array.alias());
          }
        }
      }
    }
    finals.addAll(plan.finalStages());
    this.firstTasks = new int[stages.size() + shown.size() + 1];
    for (int stage = 0; stage < stages.size(); stage++) {
      firstTasks[stage + 1] = sum(firstTasks[stage], plan.chunks(stage));
    }
    for (int kind = stages.size(); kind + 1 < firstTasks.length; kind++) {
      firstTasks[kind + 1] = sum(firstTasks[kind], 1);
    }
    this.firstItems = new int[arrays.size() + 1];
    for (int array = 0; array < arrays.size(); array++) {
      firstItems[array + 1] = sum(firstItems[array], count(arrays.get(array)));
    }
    sum(firstItems[arrays.size()], shown.size());
    this.counts = new ReaderCounts(this, stages, arrays.size());
  }

  private static long count(ArrayDef array) {
    return array.alias() == null ? array.grid().count() : 0;
  }

  private static int sum(int a, long b) {
    if (b > Integer.MAX_VALUE - a) {
      throw new UsageException(
          "the job has more than %,d chunks; use larger chunks".formatted(Integer.MAX_VALUE));
    }
    return a + (int) b;
  }

  /** The plan. */
  public Plan plan() {
    return plan;
  }

  /** Whether a task only waits until all of an array is there, and does nothing itself. */
  public boolean isWait(int task) {
    return kind(task) >= hostStages.length;
  }

  /** The chunk of its stage that a task works on. */
  public long chunk(int task) {
    return (long) task - firstTasks[kind(task)];
  }

  /** The task of a stage and a chunk. */
  public int task(int stage, long chunk) {
    return firstTasks[stage] + (int) chunk;
  }

  /** The array that an item is a chunk of. */
  public ArrayDef array(int item) {
    return arrays.get(owner(firstItems, item));
  }

  /** The number of a chunk in its array. */
  public long chunkOf(int item) {
    return (long) item - firstItems[owner(firstItems, item)];
  }

  /** The item of a chunk. */
  public int item(ArrayDef array, long chunk) {
    return firstItems[array.id()] + (int) chunk;
  }

  /** Which range a number is in; ranges may be empty. */
  private static int owner(int[] firsts, int number) {
    int low = 0;
    int high = firsts.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (firsts[middle] <= number) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean isWhole(int item) {
    return item >= firstItems[arrays.size()];
  }

  private int whole(ArrayDef array) {
    return firstItems[arrays.size()] + shown.indexOf(array);
  }

  @Override
  public int kinds() {
    return firstTasks.length - 1;
  }

  @Override
  public int first(int kind) {
    return firstTasks[kind];
  }

  @Override
  public int kind(int task) {
    return owner(firstTasks, task);
  }

  @Override
  public List<Integer> finals() {
    return finals;
  }

  @Override
  public boolean isAhead(int kind) {
    return kind < hostStages.length && !plan.graph().stages().get(kind).ahead().isEmpty();
  }

  @Override
  public int listed(int kind, int n) {
    return isAhead(kind) ? firstTasks[kind] + (int) plan.ahead(kind, n) : firstTasks[kind] + n;
  }

  @Override
  public boolean isWanted(int task) {
    int kind = kind(task);
    if (kind >= hostStages.length) {
      return true;
    }
    Stage stage = plan.graph().stages().get(kind);
    return !(stage.work() instanceof Stage.Work.Write(int result))
        || !finished.has(result, chunk(task));
  }

  @Override
  public boolean isHostWork(int kind) {
    return kind >= hostStages.length || hostStages[kind];
  }

  @Override
  public boolean isSlabbed(int kind) {
    if (kind >= hostStages.length) {
      return false;
    }
    return switch (plan.graph().stages().get(kind).work()) {
      case Stage.Work.Fused fused -> true;
      case Stage.Work.Rows rows -> true;
      case Stage.Work.Combine combine -> true;
      // Each is a launch of its own size; of Java code nobody knows how long it takes.
      case Stage.Work.Library library -> false;
      case Stage.Work.Host host -> false;
      case Stage.Work.Write write -> false;
    };
  }

  @Override
  public @Nullable String device(int kind) {
    return kind < hostStages.length ? plan.graph().stages().get(kind).device() : null;
  }

  @Override
  public String label(int kind) {
    return kind < hostStages.length ? plan.graph().stages().get(kind).label() : "whole array";
  }

  @Override
  public int items() {
    return firstItems[arrays.size()] + shown.size();
  }

  @Override
  public void reads(int task, IntConsumer visitor) {
    size = 0;
    int kind = kind(task);
    if (kind >= hostStages.length) {
      ArrayDef array = shown.get(kind - hostStages.length);
      for (long chunk = 0; chunk < count(array); chunk++) {
        visitor.accept(item(array, chunk));
      }
      return;
    }
    long chunk = (long) task - firstTasks[kind];
    if (listsSources[kind]) {
      plan.sources(
          kind,
          chunk,
          (array, read) -> {
            if (listed[array]) {
              find(firstItems[array] + (int) read);
            }
          });
    }
    if (!plan.isIndependent(kind)) {
      plan.reads(kind, chunk, this::find, this::findAll);
    }
    for (int i = 0; i < size; i++) {
      seen.clear(found[i]);
    }
    for (int i = 0; i < size; i++) {
      visitor.accept(found[i]);
    }
  }

  private void find(int array, long chunk) {
    find(firstItems[array] + (int) chunk);
  }

  private void findAll(ArrayDef array) {
    find(whole(array));
  }

  private void find(int item) {
    if (seen.get(item)) {
      return;
    }
    seen.set(item);
    if (size == found.length) {
      found = Arrays.copyOf(found, 2 * size);
    }
    found[size++] = item;
  }

  @Override
  public void writes(int task, IntConsumer visitor) {
    int kind = kind(task);
    if (kind >= hostStages.length) {
      visitor.accept(firstItems[arrays.size()] + kind - hostStages.length);
      return;
    }
    plan.writes(
        kind,
        (long) task - firstTasks[kind],
        (array, chunk) -> visitor.accept(firstItems[array] + (int) chunk));
  }

  @Override
  public int producer(int item) {
    if (isWhole(item)) {
      return firstTasks[hostStages.length + item - firstItems[arrays.size()]];
    }
    ArrayDef array = array(item);
    if (array.isGiven()) {
      return NONE;
    }
    int[] task = {NONE};
    plan.producer(array, chunkOf(item), (stage, own) -> task[0] = firstTasks[stage] + (int) own);
    return task[0];
  }

  @Override
  public int readers(int item) {
    // What waits for all of an array leaves it where it is.
    return isWhole(item) ? Integer.MAX_VALUE : counts.of(array(item), chunkOf(item));
  }

  @Override
  public long bytes(int item) {
    return isWhole(item) ? 0 : held.bytes(array(item), chunkOf(item));
  }

  @Override
  public Keeping keeping(int item) {
    if (isWhole(item)) {
      return Keeping.RESULT;
    }
    return switch (array(item).storage()) {
      case EXTERNAL -> array(item).isRead() ? Keeping.PASSING : Keeping.GIVEN;
      case DENSE -> Keeping.RESULT;
      case CHUNKED, PARTIALS, RUNNING -> Keeping.PASSING;
      case RESIDENT -> Keeping.STAYS;
    };
  }

  @Override
  public boolean isHostBound(int item) {
    return isWhole(item) || hostArrays[array(item).id()];
  }

  @Override
  public long scratch(int task, boolean onHost) {
    int kind = kind(task);
    if (kind >= hostStages.length) {
      return 0;
    }
    long chunk = (long) task - firstTasks[kind];
    return onHost ? plan.bytesTemporary(kind, chunk) : plan.bytesAssembled(kind, chunk);
  }

  @Override
  public long traffic(int task) {
    return isWait(task) ? 0 : work.of(kind(task), chunk(task)).bytes();
  }

  @Override
  public double additions(int task) {
    return isWait(task) ? 0 : work.of(kind(task), chunk(task)).additions();
  }

  @Override
  public String describe(int item) {
    ArrayDef array = array(item);
    return "'%s', %s %s".formatted(array.label(), array.dtype(), array.shape());
  }
}
