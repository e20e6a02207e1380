package dev.weft.table.plan;

import dev.weft.table.column.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first or last rows: partitions are computed until there are enough of them. */
final class FirstRows {
  private FirstRows() {}

  /**
   * First as many partitions as are needed, where their rows are known, else one; then always twice
   * as many.
   *
   * @param known rows of each partition; null if nobody knows
   */
  static Parts of(Run run, Parts input, long count, boolean last, long @Nullable [] known) {
    List<Parts.Part> left = last ? input.parts().reversed() : input.parts();
    List<Batch> taken = new ArrayList<>();
    long rows = 0;
    int next = 0;
    int step = known == null ? 1 : needed(known, count, last);
    while (rows < count && next < left.size()) {
      int to = Math.min(next + step, left.size());
      Parts some = new Parts(run.session(), input.schema(), left.subList(next, to));
      for (Batch batch : run.compute(some.finish("head", each -> part(each, count, last)))) {
        Batch wanted = part(batch, count - rows, last);
        taken.add(wanted);
        rows += wanted.rows();
      }
      next = to;
      step *= 2;
    }
    List<Batch> ordered = last ? taken.reversed() : taken;
    Batch all =
        taken.isEmpty() ? Batch.empty(input.schema()) : Batch.concat(input.schema(), ordered);
    return new Parts(run.session(), input.schema(), List.of(Parts.read("head", () -> all)));
  }

  private static int needed(long[] known, long count, boolean last) {
    long rows = 0;
    int parts = 0;
    while (rows < count && parts < known.length) {
      rows += known[last ? known.length - 1 - parts : parts];
      parts++;
    }
    return Math.max(1, parts);
  }

  private static Batch part(Batch batch, long count, boolean last) {
    int wanted = (int) Math.min(batch.rows(), count);
    return last ? batch.slice(batch.rows() - wanted, batch.rows()) : batch.slice(0, wanted);
  }
}
