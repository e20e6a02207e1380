package dev.weft.gpu.copy;

import dev.weft.core.device.Device.Completion;
import dev.weft.core.device.HostBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Copies from a GPU that are so small that many of them go through one piece of pinned memory. */
final class SmallCopies {
  /** So many bytes take about as long on the link as starting the copy. */
  static final long MOST_BYTES = 64 << 10;

  private static final long ALIGNMENT = 64;

  private final List<Asked> asked = new ArrayList<>();

  /**
   * One copy.
   *
   * @param whole where the memory begins that it shares with others, or where it begins itself
   */
  record Asked(long from, long whole, HostBlock to, Completion completion) {}

  /**
   * A range of the GPU's memory, and the copies that are in it.
   *
   * @param at where it goes in the piece
   */
  record Run(long from, long bytes, long at, List<Asked> copies) {}

  void add(Asked copy) {
    asked.add(copy);
  }

  /** What goes through each piece of so many bytes. */
  List<List<Run>> batches(long pieceBytes) {
    List<List<Run>> batches = new ArrayList<>();
    List<Run> batch = new ArrayList<>();
    long at = 0;
    for (List<Asked> neighbours : neighbours(pieceBytes)) {
      long from = neighbours.stream().mapToLong(Asked::from).min().orElseThrow();
      long bytes = end(neighbours) - from;
      if (at + bytes > pieceBytes) {
        batches.add(batch);
        batch = new ArrayList<>();
        at = 0;
      }
      batch.add(new Run(from, bytes, at, neighbours));
      at += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private static long end(List<Asked> copies) {
    return copies.stream().mapToLong(copy -> copy.from + copy.to.bytes()).max().orElseThrow();
  }

  /** Copies of the same memory together, in the order in which they were asked for. */
  private List<List<Asked>> neighbours(long pieceBytes) {
    Map<Long, List<Asked>> byWhole = new LinkedHashMap<>();
    List<List<Asked>> all = new ArrayList<>();
    for (Asked copy : asked) {
      List<Asked> known = byWhole.get(copy.whole);
      if (known == null || copy.from + copy.to.bytes() - copy.whole > pieceBytes) {
        known = new ArrayList<>();
        byWhole.put(copy.whole, known);
        all.add(known);
      }
      known.add(copy);
    }
    return all;
  }
}
