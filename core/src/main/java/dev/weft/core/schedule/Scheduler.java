package dev.weft.core.schedule;

import dev.weft.core.place.MemoryAccount;
import dev.weft.core.place.Place;
import dev.weft.core.schedule.Instruction.Failure;
import dev.weft.core.schedule.PlaceQueue.Assigned;
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

  private final Board board;
  private final Policy policy;
  private final Dispatcher dispatcher;
  private final Setbacks setbacks;
  private boolean finished;

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
    this.board = new Board(graph, places, accounts, homes);
    this.policy = board.hasChoice() ? new EarliestEnd(board) : new OnePlace(board);
    Slabs slabs = new Slabs(board, policy);
    this.dispatcher = new Dispatcher(board, policy, slabs, wake);
    this.setbacks = new Setbacks(board, policy, slabs);
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
    board.begin(event.nanos());
    boolean opens = true;
    dispatcher.stopWaiting();
    switch (event) {
      case Event.Started started -> {}
      case Event.TaskDone done -> done(done);
      case Event.TaskFailed failed -> setbacks.failed(failed);
      case Event.TaskRefused refused -> {
        setbacks.refused(refused);
        dispatcher.start(refused.place());
      }
      case Event.CopyDone copied -> opens = copied(copied);
      case Event.CopyFailed missing -> setbacks.copyFailed(missing);
      case Event.PlaceLost lost -> setbacks.lost(lost.place(), lost.cause());
      case Event.RoomMade room -> {}
      case Event.Failed failed -> stop(failed.cause());
      case Event.Cancelled cancelled -> stop(null);
    }
    if (opens || board.isIdle()) {
      dispatcher.dispatch();
    }
    finish();
    return board.instructions();
  }

  /** Most bytes that this job had at a place so far. */
  public long peak(int place) {
    return board.residency.peak(place);
  }

  private void stop(@Nullable Throwable cause) {
    if (!finished) {
      board.stop(new Failure(TaskGraph.NONE, cause));
    }
  }

  private void done(Event.TaskDone event) {
    int place = event.place();
    Assigned ended = board.queues[place].end(event.task(), board.now());
    if (ended == null) {
      return;
    }
    policy.ran(ended.task, ended.count, place, event.took());
    board.residency.take(place, -ended.reserved);
    for (int task = ended.task; task < ended.task + ended.count; task++) {
      board.tasks.done(task);
      board.graph.writes(task, item -> made(item, place));
      for (int i = board.tasks.readsStart(task); i < board.tasks.readsEnd(task); i++) {
        int item = board.tasks.read(i);
        board.residency.unpin(item, place);
        board.tasks.oneLess(item);
        board.settle(item);
      }
    }
    dispatcher.start(place);
  }

  private void made(int item, int place) {
    if (board.residency.isArriving(item, place)) {
      return;
    }
    boolean first = board.residency.isNowhere(item);
    if (!board.residency.has(item, place)) {
      board.residency.take(place, board.residency.bytes(item, place));
    }
    board.residency.arrived(item, place);
    if (first) {
      board.tasks.made(item);
    }
    if (board.failure() == null
        && board.graph.isHostBound(item)
        && !board.residency.has(item, Place.HOST)
        && !board.residency.isArriving(item, Place.HOST)
        && board.needs.hasRoomAtHome(item)) {
      board.bring(item, Place.HOST);
    }
    board.settle(item);
  }

  /** Whether a queue may take more after it. */
  private boolean copied(Event.CopyDone event) {
    int item = event.item();
    int to = event.to();
    if (!board.transfers.ended(
        item, event.from(), to, board.now(), board.instructions(), event.took())) {
      return false;
    }
    boolean opens = board.places.get(to).isDisk();
    for (Assigned work : board.queues[to].copying()) {
      work.lacking -= board.reads(work, item);
      if (work.lacking == 0) {
        board.queues[to].complete(work);
        opens = true;
      }
    }
    board.settle(item);
    dispatcher.start(to);
    return opens;
  }

  private void finish() {
    int running = 0;
    for (PlaceQueue queue : board.queues) {
      running += queue.started();
    }
    boolean busy = running > 0 || !board.transfers.isIdle();
    boolean over = board.failure() != null || board.tasks.isComplete();
    if (over && !busy && !finished) {
      finished = true;
      board.instructions().add(new Instruction.Finish(board.failure()));
    }
    dispatcher.goOn();
  }

  /** The job is over and has given all its memory back. */
  public void close() {
    board.residency.close();
    dispatcher.close();
  }
}
