package dev.weft.bench.peers;

import java.util.LinkedHashMap;
import java.util.Map;

/** Baseline: plain loops over {@code double[]} on one thread, as C2 compiles them. */
final class PlainSystem extends JavaBaseline {

  @Override
  public Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("java", Runtime.version().toString());
    info.put("threads", 1);
    return info;
  }

  @Override
  String variant() {
    return "loop";
  }

  @Override
  double sum(int n, Block block) {
    return block.run(0, n);
  }

  @Override
  double min(double[] values) {
    double min = Double.POSITIVE_INFINITY;
    for (double v : values) {
      min = Math.min(min, v);
    }
    return min;
  }
}
