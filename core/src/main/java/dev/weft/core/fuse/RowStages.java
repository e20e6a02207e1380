package dev.weft.core.fuse;

import dev.weft.core.fuse.Stage.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds stages that compute row by row with reductions of the rows in between, where each task has
 * whole rows: a task can then do all of it for some rows before it looks at the next.
 *
 * <pre>
 * max(x)  combine  sum(exp(x - max))  combine  exp(x - max) / sum     becomes     one stage
 * </pre>
 *
 * Stages in between that are not of that kind stay as they are: two stages become one only if
 * nothing outside is computed from the one and needed by the other.
 */
final class RowStages {
  /** Stages that are looked at to be sure of that; beyond them, nothing is joined. */
  private static final int MOST_VISITED = 1000;

  private final List<Stage> stages;
  private final List<List<Integer>> makers = new ArrayList<>();
  private final @Nullable RowGroup[] groups;
  private final Map<Integer, RowGroup> owners = new HashMap<>();
  private final Map<Integer, String> refusals = new HashMap<>();
  final List<FusionCut> cuts = new ArrayList<>();

  RowStages(List<ArrayDef> arrays, List<Stage> stages) {
    this.stages = stages;
    this.groups = new RowGroup[stages.size()];
    arrays.forEach(array -> makers.add(new ArrayList<>(1)));
    for (Stage stage : stages) {
      for (Stage.Output output : stage.outputs()) {
        makers.get(output.array().id()).add(stage.id());
      }
    }
    for (Stage stage : stages) {
      switch (stage.work()) {
        case Work.Fused fused -> fused(stage, fused);
        case Work.Combine combine -> combine(stage);
        case Work.Library library -> {}
        case Work.Rows rows -> {}
        case Work.Host host -> {}
        case Work.Write write -> {}
      }
    }
  }

  /** The groups that are worth a stage of their own, by stage; null for other stages. */
  @Nullable RowGroup group(int stage) {
    RowGroup group = now(stage);
    return group != null && group.isWorthwhile() ? group : null;
  }

  private @Nullable RowGroup now(int stage) {
    RowGroup group = groups[stage];
    return group == null ? null : group.now();
  }

  private void fused(Stage stage, Work.Fused fused) {
    List<RowGroup> found = readGroups(stage, fused);
    if (!found.isEmpty() && RowGroup.areFew(found) && mayJoin(found, stage)) {
      RowGroup home = found.getFirst();
      found.subList(1, found.size()).forEach(home::take);
      add(home, stage);
      return;
    }
    RowDomain domain = RowDomain.of(stage);
    if (domain != null) {
      add(new RowGroup(domain, stage.device()), stage);
    } else if (RowDomain.hasRows(stage)) {
      stage.outputs().forEach(output -> refuse(stage, output.array()));
    }
    tellRefusals(stage);
  }

  private void combine(Stage stage) {
    ArrayDef partials = ((Stage.Input.OfArray) stage.inputs().getFirst()).array();
    RowGroup group = owners.get(partials.id());
    if (group != null) {
      add(group.now(), stage);
    }
    inherit(partials, stage);
  }

  private void refuse(Stage stage, ArrayDef array) {
    String reason = RowDomain.refusal(stage);
    if (array.partial() != null && reason != null) {
      refusals.put(array.id(), reason);
    }
  }

  private void inherit(ArrayDef from, Stage stage) {
    String refusal = refusals.get(from.id());
    if (refusal != null) {
      stage.outputs().forEach(output -> refusals.put(output.array().id(), refusal));
    }
  }

  /** Says why a reduction and what goes on with it for each element are not one stage. */
  private void tellRefusals(Stage stage) {
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)) {
        boolean enlarges = view.shape().size() > view.base().size();
        if (!enlarges) {
          inherit(array, stage);
        } else if (refusals.remove(array.id()) instanceof String reason) {
          String what = "%s %s%s".formatted(array.label(), array.dtype(), array.shape());
          cuts.add(new FusionCut(what, "what reads it is another stage: " + reason));
        }
      }
    }
  }

  private void add(RowGroup group, Stage stage) {
    group.members.add(stage);
    groups[stage.id()] = group;
    for (Stage.Output output : stage.outputs()) {
      ArrayDef array = output.array();
      boolean alone = makers.get(array.id()).size() == 1;
      boolean inPlace = output.shift().stream().allMatch(shift -> shift == 0);
      if (alone && inPlace && group.domain.matches(array.grid())) {
        owners.put(array.id(), group);
      }
    }
  }

  /** The groups whose values a stage reads row by row, if it can be of all of them. */
  private List<RowGroup> readGroups(Stage stage, Work.Fused fused) {
    Set<RowGroup> found = new LinkedHashSet<>();
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)
          && owners.get(array.id()) instanceof RowGroup owner) {
        RowGroup group = owner.now();
        boolean local = RowDomain.isLocal(view) && group.domain.matches(stage.iteration());
        boolean sameRows =
            fused.reducedAxes().isEmpty()
                || group.domain.isOfRows(stage.iteration())
                    && group.domain.reduced().equals(fused.reducedAxes());
        if (local && sameRows && Objects.equals(group.device, stage.device())) {
          found.add(group);
        }
      }
    }
    List<RowGroup> same = new ArrayList<>();
    for (RowGroup group : found) {
      if (same.isEmpty() || same.getFirst().domain.equals(group.domain)) {
        same.add(group);
      }
    }
    return same;
  }

  /**
   * Whether groups and a stage can be one: each reads what another has made row by row only, and
   * nothing that they need is made outside of what they make.
   */
  private boolean mayJoin(List<RowGroup> found, Stage stage) {
    Set<Integer> inside = new HashSet<>(Set.of(stage.id()));
    int first = stage.id();
    for (RowGroup group : found) {
      group.members.forEach(member -> inside.add(member.id()));
      first = Math.min(first, group.first());
    }
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray(ArrayDef array, var view)) {
        boolean made = makersOf(array).stream().anyMatch(inside::contains);
        boolean owned =
            owners.get(array.id()) instanceof RowGroup owner && found.contains(owner.now());
        if (made && !(owned && RowDomain.isLocal(view))) {
          return false;
        }
      }
    }
    Deque<Integer> open = new ArrayDeque<>(inside);
    Set<Integer> seen = new HashSet<>(inside);
    while (!open.isEmpty()) {
      int at = open.pop();
      for (int maker : made(stages.get(at))) {
        boolean back = inside.contains(maker) && !inside.contains(at);
        if (back || seen.size() > MOST_VISITED) {
          return false;
        }
        visit(maker, first, seen, open);
      }
    }
    return true;
  }

  /** What a stage needs it needs for all stages that are one with it. */
  private void visit(int stage, int first, Set<Integer> seen, Deque<Integer> open) {
    RowGroup group = now(stage);
    if (group == null) {
      if (stage > first && seen.add(stage)) {
        open.push(stage);
      }
    } else if (group.last() > first) {
      for (Stage member : group.members) {
        if (seen.add(member.id())) {
          open.push(member.id());
        }
      }
    }
  }

  private Set<Integer> made(Stage stage) {
    Set<Integer> made = new LinkedHashSet<>();
    for (Stage.Input input : stage.inputs()) {
      if (input instanceof Stage.Input.OfArray read) {
        made.addAll(makersOf(read.array()));
      }
    }
    return made;
  }

  private List<Integer> makersOf(ArrayDef array) {
    return makers.get((array.alias() == null ? array : array.alias()).id());
  }
}
