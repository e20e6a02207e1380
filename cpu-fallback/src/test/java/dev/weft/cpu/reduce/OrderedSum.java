package dev.weft.cpu.reduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The order of a reduction, said plainly: what every kernel must agree with to the bit. */
final class OrderedSum {
  private OrderedSum() {}

  static double block(DoubleBinaryOperator op, double[] x) {
    List<Double> lanes = new ArrayList<>();
    for (int r = 0; r < x.length; r++) {
      if (r < 64) {
        lanes.add(x[r]);
      } else {
        lanes.set(r % 64, op.applyAsDouble(lanes.get(r % 64), x[r]));
      }
    }
    for (int half = 32; half > 0; half /= 2) {
      for (int l = 0; l < half && l + half < lanes.size(); l++) {
        lanes.set(l, op.applyAsDouble(lanes.get(l), lanes.get(l + half)));
      }
      lanes = lanes.subList(0, Math.min(half, lanes.size()));
    }
    return lanes.getFirst();
  }

  static double tree(DoubleBinaryOperator op, List<Double> blocks) {
    if (blocks.size() == 1) {
      return blocks.getFirst();
    }
    List<Double> next = new ArrayList<>();
    for (int k = 0; k < blocks.size(); k += 2) {
      boolean pair = k + 1 < blocks.size();
      next.add(pair ? op.applyAsDouble(blocks.get(k), blocks.get(k + 1)) : blocks.get(k));
    }
    return tree(op, next);
  }
}
