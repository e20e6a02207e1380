package dev.weft.core.schedule;

import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.ArrayDef.Storage;
import dev.weft.core.fuse.Stage;
import dev.weft.core.place.Place;
import dev.weft.core.plan.HeldChunks;
import dev.weft.core.plan.Plan;
import java.util.Arrays;
import java.util.List;

/**
 * A plan as tables of numbers. Tasks are numbered in the order in which one slot of one device
 * would run them, which keeps intermediate chunks short-lived and says which of them is needed
 * next. Items are the chunks of all arrays, sources too.
 */
final class TaskTable {
  private static final int NONE = -1;

  private final Plan plan;
  private final long[] tasks;
  private final int[][] numbers;
  private final int[] firstItems;
  private final int[] itemArrays;
  private final long[] itemBytes;
  private final int[] producers;
  private final IntLists reads;
  private final IntLists writes;
  private final IntLists readers;
  private final long[] homeBytes;
  private final boolean[] hostStages;
  private final boolean[] hostArrays;

  TaskTable(Plan plan) {
    this.plan = plan;
    this.tasks = order(plan);
    int stages = plan.graph().stages().size();
    this.numbers = new int[stages][];
    this.hostStages = new boolean[stages];
    this.hostArrays = new boolean[plan.graph().arrays().size()];
    for (Stage stage : plan.graph().stages()) {
      numbers[stage.id()] = new int[Math.toIntExact(plan.chunks(stage.id()))];
      hostStages[stage.id()] = HostWork.is(stage);
    }
    for (ArrayDef array : plan.graph().arrays()) {
      hostArrays[array.id()] = array.storage() == Storage.DENSE;
    }
    for (Stage stage : plan.graph().stages()) {
      for (Stage.Input input : stage.inputs()) {
        if (hostStages[stage.id()] && input instanceof Stage.Input.OfArray(var array, var view)) {
          hostArrays[array.id()] = true;
        }
      }
    }
    for (int task = 0; task < tasks.length; task++) {
      numbers[stage(task)][(int) chunk(task)] = task;
    }
    this.firstItems = new int[plan.graph().arrays().size()];
    int items = 0;
    for (ArrayDef array : plan.graph().arrays()) {
      firstItems[array.id()] = items;
      items = Math.addExact(items, array.alias() == null ? count(array) : 0);
    }
    this.itemArrays = new int[items];
    this.itemBytes = new long[items];
    HeldChunks held = new HeldChunks(plan.graph());
    for (ArrayDef array : plan.graph().arrays()) {
      for (int chunk = 0; array.alias() == null && chunk < count(array); chunk++) {
        itemArrays[firstItems[array.id()] + chunk] = array.id();
        itemBytes[firstItems[array.id()] + chunk] = held.bytes(array, chunk);
      }
    }
    TaskReads lists = new TaskReads(plan, firstItems);
    this.writes = IntLists.of(tasks.length, task -> lists.writes(stage(task), chunk(task)));
    this.reads = IntLists.of(tasks.length, task -> lists.reads(stage(task), chunk(task)));
    this.readers = reads.inverse(items);
    this.producers = new int[items];
    Arrays.fill(producers, NONE);
    for (int task = 0; task < tasks.length; task++) {
      for (int i = writes.start(task); i < writes.end(task); i++) {
        producers[writes.at(i)] = task;
      }
    }
    this.homeBytes = homeBytesOfTasks();
  }

  /** Readers have higher numbers than writers, so one walk from the end suffices. */
  private long[] homeBytesOfTasks() {
    long[] bytesOf = new long[tasks.length];
    for (int task = tasks.length - 1; task >= 0; task--) {
      for (int i = writes.start(task); i < writes.end(task); i++) {
        bytesOf[task] += homeBytes(writes.at(i), bytesOf);
      }
    }
    return bytesOf;
  }

  private long homeBytes(int item, long[] bytesOf) {
    if (isHostBound(item)) {
      return itemBytes[item];
    }
    if (readers.size(item) == 0) {
      return isResident(item) ? 0 : itemBytes[item];
    }
    return Math.min(itemBytes[item], bytesOf[readers.at(readers.start(item))]);
  }

  private static int count(ArrayDef array) {
    return Math.toIntExact(array.grid().count());
  }

  /** The order of the scheduler of one device. */
  private static long[] order(Plan plan) {
    LongDeque order = new LongDeque();
    Scheduler scheduler = new Scheduler(plan, Long.MAX_VALUE);
    Event event = new Event.Started(1);
    while (true) {
      Instruction.Run run = null;
      for (Instruction instruction : scheduler.handle(event)) {
        if (instruction instanceof Instruction.Run next) {
          run = next;
        }
      }
      if (run == null) {
        return order.toArray();
      }
      order.addLast(Waiting.pack(run.stage(), run.chunk()));
      event = new Event.TaskDone(run.stage(), run.chunk());
    }
  }

  /** The stages of the plan. */
  List<Stage> stages() {
    return plan.graph().stages();
  }

  int tasks() {
    return tasks.length;
  }

  int items() {
    return itemBytes.length;
  }

  int stage(int task) {
    return Waiting.stage(tasks[task]);
  }

  long chunk(int task) {
    return Waiting.chunk(tasks[task]);
  }

  /** The task of a stage and a chunk. */
  int task(int stage, long chunk) {
    return numbers[stage][(int) chunk];
  }

  /** The item of an array and a chunk. */
  int item(int array, long chunk) {
    return firstItems[array] + (int) chunk;
  }

  int array(int item) {
    return itemArrays[item];
  }

  long chunkOf(int item) {
    return (long) item - firstItems[itemArrays[item]];
  }

  long bytes(int item) {
    return itemBytes[item];
  }

  /** The task that writes an item, -1 for chunks of sources. */
  int producer(int item) {
    return producers[item];
  }

  /** What each task reads, each item once. */
  IntLists reads() {
    return reads;
  }

  /** What each task writes. */
  IntLists writes() {
    return writes;
  }

  /** Who reads each item, in order. */
  IntLists readers() {
    return readers;
  }

  /**
   * Bytes that must get to the host sooner or later when a task has run elsewhere: what it writes,
   * or what comes of that in the end, whatever is less.
   */
  long homeBytes(int task) {
    return homeBytes[task];
  }

  /** As for tasks: what must get to the host once this item is elsewhere. */
  long homeBytesOfItem(int item) {
    return homeBytes(item, homeBytes);
  }

  /** Whether a task reads an item. */
  boolean isRead(int item, int task) {
    for (int i = reads.start(task); i < reads.end(task); i++) {
      if (reads.at(i) == item) {
        return true;
      }
    }
    return false;
  }

  /** Whether only the host can run it: user code, joining, and what reads a reshaped array. */
  boolean isHostWork(int task) {
    return hostStages[stage(task)];
  }

  /** Bytes of copies of operands that the task makes for itself. */
  long temporary(int task, int place) {
    return place == Place.HOST
        ? plan.bytesTemporary(stage(task), chunk(task))
        : plan.bytesAssembled(stage(task), chunk(task));
  }

  /** Whether an item has memory of its own on the host, whatever the scheduler says. */
  boolean isKeptOnHost(int item) {
    Storage storage = plan.graph().arrays().get(itemArrays[item]).storage();
    return storage == Storage.DENSE || storage == Storage.EXTERNAL;
  }

  /** Whether an item must be on the host at the end: a part of a dense array. */
  boolean isResult(int item) {
    return plan.graph().arrays().get(itemArrays[item]).storage() == Storage.DENSE;
  }

  /** Whether an item stays wherever it is: a chunk of a persisted array, old or new. */
  boolean isResident(int item) {
    return plan.graph().arrays().get(itemArrays[item]).storage() == Storage.RESIDENT;
  }

  /** Whether an item must be there when the job ends. */
  boolean isWantedAtEnd(int item) {
    return isResult(item) || isResident(item) && producer(item) >= 0;
  }

  /** What array an item is of, for people. */
  String describe(int item) {
    ArrayDef array = plan.graph().arrays().get(itemArrays[item]);
    return "'%s', %s %s".formatted(array.label(), array.dtype(), array.shape());
  }

  /** Whether an item is wanted on the host as soon as it is made elsewhere. */
  boolean isHostBound(int item) {
    return hostArrays[itemArrays[item]];
  }
}
