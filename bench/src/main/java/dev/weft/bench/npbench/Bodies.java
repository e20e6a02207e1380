package dev.weft.bench.npbench;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Bodies that attract each other, by leapfrog steps, of which each is persisted. */
final class Bodies {
  private static final double SOFTENING = 0.1;
  private static final double TIME_STEP = 0.01;

  private final Session session;
  private final NDArray mass;

  Bodies(Session session, NDArray mass) {
    this.session = session;
    this.mass = mass;
  }

  /**
   * Kinetic and potential energies before and after each step, then the last places.
   *
   * @param place as (3, bodies)
   * @param velocity the same
   */
  List<HostArray> run(NDArray place, NDArray velocity, int steps) {
    NDArray drift = velocity.multiply(mass).mean(1).divide(mass.mean()).expandDims(1);
    NDArray at = place;
    NDArray speed = velocity.subtract(drift).persist();
    NDArray pull = accelerations(at).persist();
    List<NDArray> energies = new ArrayList<>();
    energies.add(energies(at, speed).persist());
    for (int t = 0; t < steps; t++) {
      NDArray half = speed.add(pull.multiply(TIME_STEP / 2)).persist();
      NDArray next = at.add(half.multiply(TIME_STEP)).persist();
      NDArray nextPull = accelerations(next).persist();
      NDArray nextSpeed = half.add(nextPull.multiply(TIME_STEP / 2)).persist();
      energies.add(energies(next, nextSpeed).persist());
      List.of(at, speed, pull, half).forEach(NDArray::close);
      at = next;
      speed = nextSpeed;
      pull = nextPull;
    }
    NDArray kept = session.stack(0, energies.toArray(NDArray[]::new));
    List<HostArray> results =
        session.compute(
            kept.slice(":, 0"), kept.slice(":, 1"), at.slice("0"), at.slice("1"), at.slice("2"));
    List.of(at, speed, pull).forEach(NDArray::close);
    energies.forEach(NDArray::close);
    return results;
  }

  /** From each body to each other, by axis. */
  private static List<NDArray> distances(NDArray place) {
    return IntStream.range(0, 3)
        .mapToObj(axis -> place.slice(String.valueOf(axis)))
        .map(along -> along.subtract(along.expandDims(1)))
        .toList();
  }

  private static NDArray squared(List<NDArray> distances) {
    return distances.get(0).square().add(distances.get(1).square()).add(distances.get(2).square());
  }

  private NDArray accelerations(NDArray place) {
    List<NDArray> distances = distances(place);
    NDArray cubed = squared(distances).add(SOFTENING * SOFTENING).pow(-1.5);
    return session.stack(
        0,
        distances.stream()
            .map(along -> along.multiply(cubed).matmul(mass))
            .toArray(NDArray[]::new));
  }

  private NDArray energies(NDArray place, NDArray speed) {
    NDArray distance = squared(distances(place)).sqrt();
    NDArray apart = distance.greater(0.0);
    NDArray inverse = apart.where(apart.where(distance, 1.0).reciprocal(), 0.0);
    NDArray kinetic = speed.square().multiply(mass).sum().multiply(0.5);
    NDArray potential = mass.outer(mass).multiply(inverse).sum().multiply(-0.5);
    return session.stack(0, kinetic, potential);
  }
}
