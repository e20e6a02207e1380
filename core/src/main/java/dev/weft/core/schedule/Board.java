package dev.weft.core.schedule;

import dev.weft.core.place.CostModel;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.place.Place;
import dev.weft.core.schedule.Instruction.Failure;
import dev.weft.core.schedule.TaskGraph.Keeping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a job stands: its tasks, its places and what moves between them, and what is to be done. */
final class Board {
  final TaskGraph graph;
  final List<Place> places;
  final Residency residency;
  final Tasks tasks;
  final CostModel model;
  final Transfers transfers;
  final Eviction eviction;
  final PlaceQueue[] queues;
  final Needs needs;
  final Abilities abilities;

  /** Tasks that run at the same time on all places together. */
  final int slots;

  private List<Instruction> instructions = new ArrayList<>();
  private double now;
  private @Nullable Throwable loss;
  private @Nullable Failure failure;

  Board(TaskGraph graph, List<Place> places, List<MemoryAccount> accounts, ItemHomes homes) {
    this.graph = graph;
    this.places = List.copyOf(places);
    this.residency = new Residency(graph, accounts, homes);
    this.tasks = new Tasks(graph, residency);
    this.model = new CostModel(places, graph.kinds());
    this.transfers = new Transfers(graph, residency, model, places.size());
    this.eviction = new Eviction(graph, tasks, residency, transfers, places);
    this.queues = new PlaceQueue[places.size()];
    Arrays.setAll(queues, i -> new PlaceQueue(places.get(i).slots(), places.get(i).ahead()));
    this.slots = places.stream().filter(place -> !place.isDisk()).mapToInt(Place::slots).sum();
    this.needs = new Needs(graph, tasks, residency, hasChoice());
    this.abilities = new Abilities(graph, needs, residency, queues, places);
  }

  /** Whether there are places beside the host that run tasks. */
  boolean hasChoice() {
    return places.stream().skip(1).anyMatch(Place::kernels);
  }

  /** A new event is handled; time never goes back. */
  void begin(long nanos) {
    instructions = new ArrayList<>(4);
    now = Math.max(now, nanos);
  }

  double now() {
    return now;
  }

  /** What is to be done because of the event that is handled. */
  List<Instruction> instructions() {
    return instructions;
  }

  /** Only the first reason counts. */
  void stop(Failure reason) {
    failure = failure == null ? reason : failure;
  }

  @Nullable Failure failure() {
    return failure;
  }

  /** A place could not do something; the first cause is told when no other place can either. */
  void lose(Throwable cause) {
    loss = loss == null ? cause : loss;
  }

  /** A place is lost: that tells more than what it could not do before. */
  void lost(Throwable cause) {
    loss = cause;
  }

  @Nullable Throwable loss() {
    return loss;
  }

  boolean isIdle() {
    for (PlaceQueue queue : queues) {
      if (!queue.isEmpty()) {
        return false;
      }
    }
    return transfers.isIdle();
  }

  /** Starts what brings an item to a place that neither holds nor expects it. */
  void bring(int item, int place) {
    transfers.bring(item, place, now, instructions);
  }

  /** How many tasks of a piece of work read an item. */
  int reads(PlaceQueue.Assigned work, int item) {
    int count = 0;
    for (int task = work.task; task < work.task + work.count; task++) {
      count += tasks.isRead(item, task) ? 1 : 0;
    }
    return count;
  }

  /** Something about an item has changed: gives it back wherever it is needed no more. */
  void settle(int item) {
    eviction.settle(item, places.size(), instructions);
  }

  boolean isWantedAtEnd(int item) {
    Keeping keeping = graph.keeping(item);
    boolean made = graph.producer(item) != TaskGraph.NONE;
    return keeping == Keeping.RESULT || keeping == Keeping.STAYS && made;
  }
}
