package dev.weft.core.fuse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stages that work on the same rows, and may become one. */
final class RowGroup {
  /** Kernels of one row program; more would keep more values than a cache holds. */
  private static final int MOST_KERNELS = 16;

  final RowDomain domain;
  final @Nullable String device;

  /** In the order of the stage graph. */
  final List<Stage> members = new ArrayList<>();

  private @Nullable RowGroup mergedInto;

  RowGroup(RowDomain domain, @Nullable String device) {
    this.domain = domain;
    this.device = device;
  }

  /** The group that the members are in now. */
  RowGroup now() {
    RowGroup now = this;
    while (now.mergedInto != null) {
      now = now.mergedInto;
    }
    return now;
  }

  private long rowKernels() {
    return members.stream()
        .filter(stage -> stage.work() instanceof Stage.Work.Fused)
        .filter(stage -> domain.isOfRows(stage.iteration()))
        .count();
  }

  private long kernels() {
    return members.stream().filter(stage -> stage.work() instanceof Stage.Work.Fused).count();
  }

  /** Whether more than one kernel reads the rows: then they are worth keeping in a cache. */
  boolean isWorthwhile() {
    return rowKernels() > 1;
  }

  /** Whether all groups and one stage more are few enough. */
  static boolean areFew(List<RowGroup> groups) {
    return groups.stream().mapToLong(RowGroup::kernels).sum() < MOST_KERNELS;
  }

  int first() {
    return members.getFirst().id();
  }

  int last() {
    return members.getLast().id();
  }

  void take(RowGroup other) {
    members.addAll(other.members);
    members.sort((a, b) -> Integer.compare(a.id(), b.id()));
    other.members.clear();
    other.mergedInto = this;
  }
}
