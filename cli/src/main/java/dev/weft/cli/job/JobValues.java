package dev.weft.cli.job;

import dev.weft.cli.compare.Workload;
import dev.weft.core.NDArray;
import java.util.List;

/**
 * The values of a job in one session.
 *
 * @param end gives back what they were made from
 */
record JobValues(List<Result> results, Runnable end) implements Workload.Prepared {
  @Override
  public List<String> names() {
    return results.stream().map(Result::name).toList();
  }

  @Override
  public List<NDArray> arrays() {
    return results.stream().map(Result::array).toList();
  }

  @Override
  public void close() {
    end.run();
  }
}
