package dev.weft.table.plan;

import dev.weft.table.column.Batch;
import dev.weft.table.group.SplitMix64;
import java.util.ArrayList;
import java.util.List;

/** Rows chosen by a hash of the seed and their number, so that partitions do not matter. */
final class Sampling {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Sampling() {}

  static Parts of(Run run, Relation.Sample sample) {
    Parts input = run.lower(sample.input());
    List<Integer> counts = run.compute(input.finish("count", Batch::rows));
    List<Parts.Part> parts = new ArrayList<>();
    long first = 0;
    for (int i = 0; i < counts.size(); i++) {
      long from = first;
      parts.add(input.parts().get(i).then("sample", batch -> chosen(batch, sample, from)));
      first += counts.get(i);
    }
    return new Parts(run.session(), input.schema(), parts);
  }

  private static Batch chosen(Batch batch, Relation.Sample sample, long first) {
    int[] kept = new int[batch.rows()];
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      long mixed = SplitMix64.mix(sample.seed() + (first + i + 1) * GOLDEN);
      // The high 53 bits are uniform.
      if ((mixed >>> 11) * 0x1p-53 < sample.fraction()) {
        kept[count++] = i;
      }
    }
    return batch.gather(kept, count);
  }
}
