package dev.weft.core.fuse;

import java.util.List;

/**
 * What is computed, as stages in an order in which they could run one after the other.
 *
 * @param arrays all arrays, by id
 * @param stages all stages, by id
 * @param results the array of each root
 * @param cuts why arrays are kept in memory between stages
 */
public record StageGraph(
    List<ArrayDef> arrays, List<Stage> stages, List<ArrayDef> results, List<FusionCut> cuts) {

  /** Copies the lists. */
  public StageGraph {
    arrays = List.copyOf(arrays);
    stages = List.copyOf(stages);
    results = List.copyOf(results);
    cuts = List.copyOf(cuts);
  }
}
