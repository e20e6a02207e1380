package dev.weft.bench.npbench;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Programs that are loops over time. Each step is persisted, as the guide advises: then it is
 * planned once, and no expression grows with the number of steps.
 */
final class TimeLoops {
  private final Session session;

  TimeLoops(Session session) {
    this.session = session;
  }

  /** The next b from a, and from it the next a, {@code steps} times. */
  List<HostArray> doubleSteps(NDArray a, NDArray b, int steps, BinaryOperator<NDArray> next) {
    NDArray from = a;
    NDArray other = b;
    for (int t = 0; t < steps; t++) {
      NDArray middle = next.apply(from, other).persist();
      NDArray after = next.apply(middle, from).persist();
      // What was computed before is not needed again; the inputs are not persisted.
      from.close();
      other.close();
      from = after;
      other = middle;
    }
    return last(from, other);
  }

  private List<HostArray> last(NDArray... fields) {
    List<HostArray> results = session.compute(fields);
    for (NDArray field : fields) {
      field.close();
    }
    return results;
  }

  /** Out with its inner elements the means of three of u. */
  static NDArray jacobi1d(NDArray u, NDArray out) {
    return out.with("1:-1", u.slice(":-2").add(u.slice("1:-1")).add(u.slice("2:")).divide(3.0));
  }

  /** Out with its inner elements the means of five of u. */
  static NDArray jacobi2d(NDArray u, NDArray out) {
    NDArray sum =
        u.slice("1:-1, 1:-1")
            .add(u.slice("1:-1, :-2"))
            .add(u.slice("1:-1, 2:"))
            .add(u.slice("2:, 1:-1"))
            .add(u.slice(":-2, 1:-1"));
    return out.with("1:-1, 1:-1", sum.multiply(0.2));
  }

  /** Out with its inner elements those of u a step later. */
  static NDArray heat3d(NDArray u, NDArray out) {
    NDArray middle = u.slice("1:-1, 1:-1, 1:-1");
    NDArray around =
        u.slice("2:, 1:-1, 1:-1")
            .add(u.slice(":-2, 1:-1, 1:-1"))
            .add(u.slice("1:-1, 2:, 1:-1"))
            .add(u.slice("1:-1, :-2, 1:-1"))
            .add(u.slice("1:-1, 1:-1, 2:"))
            .add(u.slice("1:-1, 1:-1, :-2"));
    NDArray change = around.subtract(middle.multiply(6.0)).multiply(0.125);
    return out.with("1:-1, 1:-1, 1:-1", middle.add(change));
  }

  /** Electric fields and the magnetic one, by turns; a source drives the first row. */
  List<HostArray> fdtd(NDArray ex, NDArray ey, NDArray hz, int steps) {
    NDArray[] fields = {ex, ey, hz};
    for (int t = 0; t < steps; t++) {
      NDArray x = fields[0];
      NDArray y = fields[1];
      NDArray z = fields[2];
      // An array, not a number: a number that changes would be planned with each step.
      NDArray source = session.array(HostArray.of(new double[] {t}));
      NDArray rows = z.slice("1:").subtract(z.slice(":-1")).multiply(0.5);
      NDArray nextY = y.with("0", source).with("1:", y.slice("1:").subtract(rows)).persist();
      NDArray columns = z.slice(":, 1:").subtract(z.slice(":, :-1")).multiply(0.5);
      NDArray nextX = x.with(":, 1:", x.slice(":, 1:").subtract(columns)).persist();
      NDArray turn =
          nextX
              .slice(":-1, 1:")
              .subtract(nextX.slice(":-1, :-1"))
              .add(nextY.slice("1:, :-1"))
              .subtract(nextY.slice(":-1, :-1"));
      NDArray nextZ =
          z.with(":-1, :-1", z.slice(":-1, :-1").subtract(turn.multiply(0.7))).persist();
      for (NDArray field : fields) {
        field.close();
      }
      fields = new NDArray[] {nextX, nextY, nextZ};
    }
    return last(fields);
  }

  /** Shortest paths, by one more vertex on the way in each step. */
  List<HostArray> shortestPaths(NDArray path) {
    NDArray shortest = path;
    for (long k = 0; k < path.shape().extent(0); k++) {
      NDArray column = shortest.slice(":, %d:%d".formatted(k, k + 1));
      NDArray row = shortest.slice("%d".formatted(k));
      NDArray next = shortest.minimum(column.add(row)).persist();
      shortest.close();
      shortest = next;
    }
    return last(shortest);
  }
}
