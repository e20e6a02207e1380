package dev.weft.core.schedule;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a simulated device holds: items, and how often each is in use. */
final class SimulatedMemory {
  final Map<Integer, Integer> uses = new HashMap<>();
  final Set<Integer> coming = new HashSet<>();
  long bytes;
  long peak;
}
