package dev.weft.testkit.random;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A random expression: its steps, and those of them that are results.
 *
 * @param seed draws the same expression again
 */
public record RandomExpression(long seed, List<Step> steps, List<Step> results) {

  /** The lazy results in a session; sources are cut as {@code chunks} says. */
  public List<NDArray> build(Session session, ChunkSpec chunks) {
    Building building = new Building(session, chunks);
    return results.stream().map(building::of).toList();
  }

  /** Computes the results; fails with seed and expression when they are not the mirror's. */
  public List<Dense> check(Session session, ChunkSpec chunks, String setting) {
    List<HostArray> computed;
    try {
      computed = session.compute(build(session, chunks));
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(failure(setting, chunks, e.toString()), e);
    }
    List<Dense> values = new ArrayList<>();
    for (int i = 0; i < computed.size(); i++) {
      Step step = results.get(i);
      Dense value = Dense.of(computed.get(i));
      computed.get(i).close();
      values.add(value);
      String difference = step.expected().difference(value, step.tolerance());
      if (!difference.isEmpty()) {
        throw new AssertionError(failure(setting, chunks, step.name() + " " + difference));
      }
    }
    return values;
  }

  private String failure(String setting, ChunkSpec chunks, String what) {
    return "seed %d, %s, chunks %s: %s%n%s".formatted(seed, setting, chunks, what, this);
  }

  @Override
  public String toString() {
    return steps.stream().map(step -> "  " + step).collect(Collectors.joining("\n"))
        + "\n  results "
        + results.stream().map(Step::name).collect(Collectors.joining(", "));
  }
}
