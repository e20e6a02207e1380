package dev.weft.core;

import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.fuse.Destination;
import dev.weft.core.shape.ChunkSize;
import dev.weft.core.shape.Chunks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Where the results of a job go, as their targets say. */
final class Destinations {
  private Destinations() {}

  /** Refuses targets that cannot be those of the arrays. */
  static void check(List<NDArray> arrays, List<ArrayTarget> targets) {
    if (arrays.size() != targets.size()) {
      throw new UsageException(
          "computeTo: %d arrays cannot go to %d targets; give one target for each array"
              .formatted(arrays.size(), targets.size()));
    }
    for (int i = 0; i < targets.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (targets.get(i) == targets.get(j)) {
          throw new UsageException(
              "computeTo: results %d and %d have the same target; give each result a target of its own"
                  .formatted(j, i));
        }
      }
    }
  }

  /** One for each array; without targets all stay in memory. */
  static List<Destination> of(List<NDArray> arrays, List<ArrayTarget> targets, ChunkSize size) {
    if (targets.isEmpty()) {
      return Collections.nCopies(arrays.size(), new Destination.Memory());
    }
    List<Destination> destinations = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      destinations.add(of(i, arrays.get(i), targets.get(i), size));
    }
    return destinations;
  }

  private static Destination of(int number, NDArray array, ArrayTarget target, ChunkSize size) {
    if (!target.takesRegions()) {
      return new Destination.Memory();
    }
    Optional<Chunks> own = target.chunks(array.dtype(), array.chunks());
    if (own.isEmpty()) {
      return new Destination.Regions(null);
    }
    if (!own.get().shape().equals(array.shape())) {
      throw new UsageException(
          "computeTo: the target of result %d has chunks %s of shape %s, but the result has shape %s; let chunks() cut the shape that it is given"
              .formatted(number, own.get(), own.get().shape(), array.shape()));
    }
    return new Destination.Regions(size.follow(own.get(), array.dtype()));
  }
}
