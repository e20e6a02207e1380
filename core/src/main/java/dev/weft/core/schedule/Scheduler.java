package dev.weft.core.schedule;

import dev.weft.core.error.ArrayLostException;
import dev.weft.core.error.DeviceException;
import dev.weft.core.place.CostModel;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement;
import dev.weft.core.schedule.Instruction.Failure;
import dev.weft.core.schedule.PlaceQueue.Assigned;
import dev.weft.core.schedule.TaskGraph.Keeping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which task runs next and where, which items move, and when: a pure state machine over
 * numbers, with no threads, no clock and no device inside. Tasks get their places late, by a {@link
 * Policy}; memory is kept by least future use; what a lost place held or was doing is done
 * elsewhere.
 */
public final class Scheduler {
  /** The most places: they are bits of a number. */
  private static final int MOST_PLACES = Integer.SIZE - 1;

  /** Tasks that wait for others while something is going on: more are not listed until it ends. */
  private static final int MOST_WAITING = 1 << 16;

  private final TaskGraph graph;
  private final List<Place> places;
  private final Residency residency;
  private final Tasks tasks;
  private final Transfers transfers;
  private final Eviction eviction;
  private final PlaceQueue[] queues;
  private final Needs needs;
  private final Abilities abilities;
  private final Policy policy;
  private final Slabs slabs;
  private final Runnable wake;
  private List<Instruction> instructions = new ArrayList<>();
  private double now;
  private boolean working;
  private boolean waiting;
  private boolean closed;
  private boolean finished;
  private @Nullable Throwable loss;
  private @Nullable Failure failure;

  /**
   * A scheduler for one run of a graph.
   *
   * @param places what holds items and perhaps runs tasks, the host first
   * @param accounts the memory of each place, shared with other jobs
   * @param homes where items lie that are there before the job
   * @param wake is run, on any thread, when other jobs have given memory back that this one waits
   *     for: then {@link Event.RoomMade} must follow
   */
  public Scheduler(
      TaskGraph graph,
      List<Place> places,
      List<MemoryAccount> accounts,
      ItemHomes homes,
      Runnable wake) {
    if (places.isEmpty() || places.size() > MOST_PLACES) {
      throw new IllegalArgumentException(
          "a job runs on 1 to %d places, the host first, not on %d"
              .formatted(MOST_PLACES, places.size()));
    }
    this.graph = graph;
    this.places = List.copyOf(places);
    this.wake = wake;
    boolean several = places.stream().skip(1).anyMatch(Place::kernels);
    this.residency = new Residency(graph, accounts, homes);
    this.tasks = new Tasks(graph, residency);
    CostModel model = new CostModel(places, graph.kinds());
    this.transfers = new Transfers(graph, residency, model, places.size());
    this.eviction = new Eviction(graph, tasks, residency, transfers, places);
    this.queues = new PlaceQueue[places.size()];
    Arrays.setAll(queues, i -> new PlaceQueue(places.get(i).slots(), places.get(i).ahead()));
    this.needs = new Needs(graph, tasks, residency, several);
    this.abilities = new Abilities(graph, needs, residency, queues, places);
    Board board =
        new Board(graph, this.places, residency, tasks, model, transfers, queues, needs, abilities);
    this.policy = several ? new EarliestEnd(board) : new OnePlace(board);
    this.slabs = new Slabs(board, policy);
    setWorking(true);
  }

  /** A scheduler for a job that has its places for itself. */
  public Scheduler(TaskGraph graph, List<Place> places, ItemHomes homes) {
    this(
        graph,
        places,
        places.stream().map(place -> new MemoryAccount(place.memoryLimit())).toList(),
        homes,
        () -> {});
  }

  /** Takes in what happened and says what to do now, in order. */
  public List<Instruction> handle(Event event) {
    instructions = new ArrayList<>(4);
    now = Math.max(now, event.nanos());
    boolean opens = true;
    waiting = false;
    switch (event) {
      case Event.Started started -> {}
      case Event.TaskDone done -> done(done);
      case Event.TaskFailed failed -> failed(failed);
      case Event.TaskRefused refused -> refused(refused);
      case Event.CopyDone copied -> opens = copied(copied);
      case Event.CopyFailed missing -> copyFailed(missing);
      case Event.PlaceLost lost -> lost(lost.place(), lost.cause());
      case Event.RoomMade room -> {}
      case Event.Failed failed -> stop(new Failure(TaskGraph.NONE, failed.cause()));
      case Event.Cancelled cancelled -> stop(new Failure(TaskGraph.NONE, null));
    }
    if (opens || isIdle()) {
      dispatch();
    }
    finish();
    return instructions;
  }

  /** Most bytes that this job had at a place so far. */
  public long peak(int place) {
    return residency.peak(place);
  }

  /** Only the first reason counts. */
  private void stop(Failure reason) {
    if (failure == null && !finished) {
      failure = reason;
    }
  }

  private void done(Event.TaskDone event) {
    int place = event.place();
    Assigned ended = queues[place].end(event.task(), now);
    if (ended == null) {
      return;
    }
    policy.ran(ended.task, ended.count, place, event.took());
    residency.take(place, -ended.reserved);
    for (int task = ended.task; task < ended.task + ended.count; task++) {
      tasks.done(task);
      graph.writes(task, item -> made(item, place));
      for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
        int item = tasks.read(i);
        residency.unpin(item, place);
        tasks.oneLess(item);
        eviction.settle(item, places.size(), instructions);
      }
    }
    start(place);
  }

  private void made(int item, int place) {
    if (residency.isArriving(item, place)) {
      return;
    }
    boolean first = residency.isNowhere(item);
    if (!residency.has(item, place)) {
      residency.take(place, residency.bytes(item, place));
    }
    residency.arrived(item, place);
    if (first) {
      tasks.made(item);
    }
    if (failure == null
        && graph.isHostBound(item)
        && !residency.has(item, Place.HOST)
        && !residency.isArriving(item, Place.HOST)
        && needs.hasRoomAtHome(item)) {
      transfers.bring(item, Place.HOST, now, instructions);
    }
    eviction.settle(item, places.size(), instructions);
  }

  private void failed(Event.TaskFailed event) {
    Assigned ended = queues[event.place()].end(event.task(), now);
    if (ended != null) {
      release(ended, event.place());
      stop(new Failure(event.failed(), event.cause()));
    }
  }

  private void refused(Event.TaskRefused event) {
    int place = event.place();
    Assigned ended = queues[place].end(event.task(), now);
    if (ended != null) {
      release(ended, place);
      loss = loss == null ? event.cause() : loss;
      if (ended.count > 1) {
        slabs.refused(ended.task, place);
      } else {
        abilities.bar(ended.task, place);
      }
      start(place);
    }
  }

  /** Takes tasks back from their place. */
  private void release(Assigned work, int place) {
    queues[place].remove(work);
    residency.take(place, -work.reserved);
    for (int task = work.task; task < work.task + work.count; task++) {
      tasks.visitReads(task, item -> residency.unpin(item, place));
      tasks.unassigned(task);
    }
  }

  /** Whether a queue may take more after it. */
  private boolean copied(Event.CopyDone event) {
    int item = event.item();
    int to = event.to();
    if (!transfers.ended(item, event.from(), to, now, instructions, event.took())) {
      return false;
    }
    boolean opens = places.get(to).isDisk();
    for (Assigned work : queues[to].copying()) {
      if (tasks.isRead(item, work.task) && --work.lacking == 0) {
        queues[to].complete(work);
        opens = true;
      }
    }
    eviction.settle(item, places.size(), instructions);
    start(to);
    return opens;
  }

  private void copyFailed(Event.CopyFailed event) {
    int item = event.item();
    int to = event.to();
    if (!transfers.failed(item, event.from(), to, now)) {
      return;
    }
    loss = loss == null ? event.cause() : loss;
    if (places.get(to).isDisk()) {
      eviction.stay(event.from());
    }
    boolean gone = places.get(event.from()).isDisk() && !event.everywhere();
    for (Assigned work : queues[to].copying()) {
      if (tasks.isRead(item, work.task)) {
        release(work, to);
        if (!gone) {
          abilities.bar(work.task, to);
        }
        if (event.everywhere()) {
          stop(new Failure(work.task, event.cause()));
        }
      }
    }
    if (event.everywhere()) {
      stop(new Failure(TaskGraph.NONE, event.cause()));
    }
    if (gone) {
      lostOnDisk(item, event.from());
    }
    eviction.settle(item, places.size(), instructions);
  }

  /** What was kept on disk cannot be read back: it is made again, as from a lost device. */
  private void lostOnDisk(int item, int disk) {
    residency.drop(item, disk);
    instructions.add(new Instruction.Free(item, disk));
    releaseThoseInVain();
    if (residency.isNowhere(item)) {
      tasks.lost(item);
      if (tasks.isReadAgain(item) || isWantedAtEnd(item)) {
        makeAgain(item);
      }
    }
  }

  /** Takes tasks back that wait for what will not come. */
  private void releaseThoseInVain() {
    for (int place = 0; place < queues.length; place++) {
      for (Assigned work : queues[place].copying()) {
        if (waitsInVain(work.task, place)) {
          release(work, place);
        }
      }
    }
  }

  private void lost(int place, Throwable cause) {
    if (place == Place.HOST) {
      stop(new Failure(TaskGraph.NONE, cause));
      return;
    }
    loss = cause;
    abilities.lose(place);
    policy.lose();
    for (Assigned work : queues[place].all()) {
      for (int task = work.task; task < work.task + work.count; task++) {
        tasks.unassigned(task);
      }
    }
    queues[place].clear();
    transfers.lose(place, now);
    BitSet gone = residency.lose(place);
    eviction.lose(place);
    releaseThoseInVain();
    gone.stream().forEach(tasks::lost);
    gone.stream()
        .filter(item -> tasks.isReadAgain(item) || isWantedAtEnd(item))
        .forEach(this::makeAgain);
  }

  /** Whether something that a task reads is neither at a place nor on its way there. */
  private boolean waitsInVain(int task, int place) {
    for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
      int item = tasks.read(i);
      if (!residency.has(item, place) && !residency.isArriving(item, place)) {
        return true;
      }
    }
    return false;
  }

  private boolean isWantedAtEnd(int item) {
    Keeping keeping = graph.keeping(item);
    boolean made = graph.producer(item) != TaskGraph.NONE;
    return keeping == Keeping.RESULT || keeping == Keeping.STAYS && made;
  }

  /** Runs the task that made an item once more, after those that made what it reads. */
  private void makeAgain(int lostItem) {
    BitSet open = new BitSet();
    open.set(lostItem);
    for (int item = lostItem; item >= 0; item = open.nextSetBit(0)) {
      open.clear(item);
      int task = graph.producer(item);
      if (task == TaskGraph.NONE) {
        String home = places.get(residency.home(item)).name();
        Throwable lost = new ArrayLostException(graph.describe(item), home, loss);
        stop(new Failure(TaskGraph.NONE, lost));
        return;
      }
      if (!tasks.isDone(task)) {
        continue;
      }
      int missing = 0;
      for (int i = tasks.readsStart(task); i < tasks.readsEnd(task); i++) {
        int read = tasks.read(i);
        if (residency.isNowhere(read)) {
          missing++;
          open.set(read);
        }
      }
      tasks.revive(task, missing);
    }
  }

  private void dispatch() {
    boolean more = true;
    while (more && failure == null) {
      more = false;
      listAhead();
      if (tasks.readyCount() == 0 || !isAnyOpen()) {
        break;
      }
      policy.look(now);
      for (int place = places.size() - 1; place >= 0 && !more; place--) {
        Policy.Choice choice = policy.choose(place, this::hasRoom);
        if (choice != null) {
          assign(choice.task(), place, choice.reason());
          more = true;
        }
      }
    }
    if (failure == null && tasks.readyCount() > 0 && isIdle()) {
      force(tasks.ready(0));
    }
  }

  /** Lists tasks until as many can run as the policy wants to see. */
  private void listAhead() {
    while (tasks.readyCount() < policy.window()
        && (tasks.readyCount() == 0 && isIdle() || tasks.waitingCount() < MOST_WAITING)
        && tasks.list(policy.window())) {}
    if (tasks.isRecounted()) {
      for (int place = 0; place < places.size(); place++) {
        for (int item : residency.held(place).stream().toArray()) {
          eviction.settle(item, places.size(), instructions);
        }
      }
    }
  }

  private boolean isAnyOpen() {
    for (int place = 0; place < queues.length; place++) {
      boolean open = queues[place].takesResident() || queues[place].takesCopying();
      if (open && abilities.isAlive(place) && !places.get(place).isDisk()) {
        return true;
      }
    }
    return false;
  }

  private boolean isIdle() {
    for (PlaceQueue queue : queues) {
      if (!queue.isEmpty()) {
        return false;
      }
    }
    return transfers.isIdle();
  }

  private boolean hasRoom(int task, int place) {
    residency.unmark(place);
    boolean urgent = queues[place].isEmpty();
    long room = needs.room(task, place);
    long spare = needs.keptFree(task, place);
    int before = tasks.order(task);
    return eviction.makeRoom(place, room, spare, task, before, urgent, now, instructions)
        && residency.mark(place, room, spare);
  }

  /** Nothing is going on and no place has room: evicts all that can be, or passes a limit. */
  private void force(int task) {
    Integer best = policy.lastResort(task);
    if (best == null) {
      long bytes = needs.room(task, Place.HOST);
      stop(
          new Failure(
              task,
              new DeviceException(
                  "no device is left that can run '%s', which needs %,d bytes; use smaller chunks or a higher memory limit"
                      .formatted(graph.label(graph.kind(task)), bytes),
                  loss)));
      return;
    }
    int place = best;
    long room = needs.room(task, place);
    boolean made = eviction.makeRoom(place, room, 0, task, -1, true, now, instructions);
    if (!made || !residency.mark(place, room, 0)) {
      if (!transfers.isIdle()) {
        return;
      }
      setWorking(false);
      waiting = residency.await(place, wake);
      if (waiting) {
        return;
      }
      place = abilities.isUsable(Place.HOST) ? Place.HOST : place;
    }
    assign(task, place, policy.lastReason(task, place));
  }

  /** Gives a place to a task, and to those after it that may be started with it. */
  private void assign(int task, int place, @Nullable Placement reason) {
    int count = slabs.count(task, place);
    long reserved = 0;
    int lacking = 0;
    for (int next = task; next < task + count; next++) {
      long own = needs.own(next, place);
      residency.take(place, own);
      reserved += own;
      tasks.assigned(next);
      for (int i = tasks.readsStart(next); i < tasks.readsEnd(next); i++) {
        int item = tasks.read(i);
        residency.pin(item, place);
        eviction.keep(item, place);
        if (!residency.has(item, place)) {
          lacking++;
          if (!residency.isArriving(item, place)) {
            transfers.bring(item, place, now, instructions);
          }
        }
      }
    }
    residency.unmark(place);
    Assigned work = new Assigned(task, count, reason, reserved);
    work.lacking = lacking;
    queues[place].add(work);
    start(place);
  }

  private void start(int place) {
    while (failure == null) {
      Assigned next = queues[place].start(now);
      if (next == null) {
        return;
      }
      instructions.add(new Instruction.Run(next.task, next.count, place, next.reason));
    }
  }

  private void finish() {
    int running = 0;
    for (PlaceQueue queue : queues) {
      running += queue.started();
    }
    boolean busy = running > 0 || !transfers.isIdle();
    boolean over = failure != null || tasks.isComplete();
    if (over && !busy && !finished) {
      finished = true;
      instructions.add(new Instruction.Finish(failure));
    }
    setWorking(!waiting);
  }

  /** Until it is closed a job will give memory back, unless it waits for some itself. */
  private void setWorking(boolean goesOn) {
    boolean now = goesOn && !closed;
    if (working != now) {
      working = now;
      residency.working(now);
    }
  }

  /** The job is over and has given all its memory back. */
  public void close() {
    residency.close();
    closed = true;
    setWorking(false);
  }
}
