package dev.weft.bench.peers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/** Baseline: the same loops, as blocks of a parallel {@link IntStream}. */
final class StreamSystem extends JavaBaseline {

  private static final int BLOCKS_PER_THREAD = 8;

  private final int threads;

  StreamSystem(int threads) {
    this.threads = threads;
  }

  @Override
  public Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("java", Runtime.version().toString());
    // The caller's thread works as well.
    info.put("threads", ForkJoinPool.commonPool().getParallelism() + 1);
    return info;
  }

  @Override
  String variant() {
    return "parallel stream";
  }

  @Override
  double sum(int n, Block block) {
    int blocks = Math.min(n, threads * BLOCKS_PER_THREAD);
    return IntStream.range(0, blocks)
        .parallel()
        .mapToDouble(
            b -> block.run((int) ((long) n * b / blocks), (int) ((long) n * (b + 1) / blocks)))
        .sum();
  }

  @Override
  double min(double[] values) {
    return Arrays.stream(values).parallel().min().orElse(Double.NaN);
  }
}
