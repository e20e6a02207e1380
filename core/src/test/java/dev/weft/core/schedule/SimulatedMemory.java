package dev.weft.core.schedule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a simulated device holds. */
final class SimulatedMemory {
  final Map<Chunk, Integer> uses = new HashMap<>();
  final Set<Chunk> coming = new HashSet<>();
  long bytes;
  long peak;

  /** An array's chunk. */
  record Chunk(int array, long chunk) {}
}
