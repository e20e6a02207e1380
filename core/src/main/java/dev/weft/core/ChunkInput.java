package dev.weft.core;

import dev.weft.core.task.Input;

/** One chunk of an array, for a task. */
record ChunkInput(NDArray array, long chunk) implements Input<HostArray> {
  @Override
  public String toString() {
    return "chunk %d of %s".formatted(chunk, array);
  }
}
