package dev.weft.core.execute;

import dev.weft.core.device.Device;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.launch.TaskLauncher;
import dev.weft.core.memory.ChunkTable;
import dev.weft.core.memory.FarMemory;
import dev.weft.core.memory.PlaceMemory;
import dev.weft.core.plan.Plan;
import dev.weft.core.spill.SpillDevice;
import org.jspecify.annotations.Nullable;

/**
 * One device of an execution: what was begun on it and has not ended, and whether it is lost. On a
 * lost device nothing begins, and nobody hears of it until the last that had begun has ended: only
 * then is its memory, and that of the other end of its copies, out of use.
 */
final class PlaceRun {
  private final int number;
  private final String name;
  private final PlaceMemory memory;
  private final TaskLauncher launcher;
  private final SlotClock tasks;
  private final SlotClock in = new SlotClock(1);
  private final SlotClock out = new SlotClock(1);
  private int open;
  private @Nullable Throwable loss;

  PlaceRun(int number, PlaceMemory memory, Plan plan) {
    this(number, memory.device().info().name(), memory, plan);
  }

  PlaceRun(int number, String name, PlaceMemory memory, Plan plan) {
    this.number = number;
    this.memory = memory;
    this.name = name;
    this.launcher = new TaskLauncher(memory, plan);
    this.tasks = new SlotClock(memory.device().info().parallelism());
  }

  int number() {
    return number;
  }

  String name() {
    return name;
  }

  PlaceMemory memory() {
    return memory;
  }

  /** Whether it only holds items, each by itself: what becomes of one says nothing of others. */
  boolean isDisk() {
    return memory.device() instanceof SpillDevice;
  }

  /**
   * After a failure for want of memory: gives up what the device keeps for later jobs; whether that
   * was anything, so that the same may go well now.
   */
  boolean makesRoom(@Nullable Throwable failure) {
    return failure instanceof DeviceMemoryException
        && memory instanceof FarMemory far
        && far.giveUpCopies();
  }

  /** The chunks that the device holds. */
  ChunkTable chunks() {
    return memory.chunks();
  }

  Device device() {
    return memory.device();
  }

  TaskLauncher launcher() {
    return launcher;
  }

  SlotClock tasks() {
    return tasks;
  }

  /** The lane of the link that leads to the host, or the one that comes from there. */
  SlotClock lane(boolean out) {
    return out ? this.out : in;
  }

  /** Begins something, unless the device is lost; each one that begins must {@link #leave}. */
  synchronized boolean enter() {
    if (loss != null) {
      return false;
    }
    open++;
    return true;
  }

  /** The device is lost; only the first reason counts. */
  synchronized void lose(Throwable reason) {
    loss = loss == null ? reason : loss;
  }

  synchronized boolean isLost() {
    return loss != null;
  }

  /** Whether something that began has not ended. */
  synchronized boolean isBusy() {
    return open > 0;
  }

  /** Something has ended: the reason of the loss when it was the last on a lost device. */
  synchronized @Nullable Throwable leave() {
    open--;
    return open == 0 ? loss : null;
  }
}
