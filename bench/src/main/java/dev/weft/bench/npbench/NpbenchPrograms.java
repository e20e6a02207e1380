package dev.weft.bench.npbench;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * The programs by name, each computed anew at every call from the arrays that are found by name.
 * {@code bench/npbench/weft_npbench/formulas.py} and {@code numpy_programs.py} have the same for
 * NumPy.
 */
public final class NpbenchPrograms {
  static final double ALPHA = 1.5;
  static final double BETA = 1.2;

  private final Session session;
  private final Function<String, NDArray> arrays;

  /** Programs over arrays of {@code session} that {@code arrays} finds by name. */
  public NpbenchPrograms(Session session, Function<String, NDArray> arrays) {
    this.session = session;
    this.arrays = arrays;
  }

  /**
   * Computes a program.
   *
   * @param name as in {@code bench/npbench/weft_npbench/catalogue.py}
   * @param steps steps of a loop over time, or rings; of no meaning elsewhere
   * @return the results, to be closed
   * @throws UsageException where there is no such program
   */
  public List<HostArray> run(String name, int steps) {
    return switch (name) {
      case "jacobi_1d" -> loops().doubleSteps(array("a"), array("b"), steps, TimeLoops::jacobi1d);
      case "jacobi_2d" -> loops().doubleSteps(array("a"), array("b"), steps, TimeLoops::jacobi2d);
      case "heat_3d" -> loops().doubleSteps(array("a"), array("b"), steps, TimeLoops::heat3d);
      case "fdtd_2d" -> loops().fdtd(array("ex"), array("ey"), array("hz"), steps);
      case "floyd_warshall" -> loops().shortestPaths(array("path"));
      case "nbody" ->
          new Bodies(session, array("mass"))
              .run(together("x", "y", "z"), together("vx", "vy", "vz"), steps);
      default -> session.compute(job(name, steps));
    };
  }

  private TimeLoops loops() {
    return new TimeLoops(session);
  }

  private NDArray array(String name) {
    return arrays.apply(name);
  }

  private NDArray together(String... names) {
    return session.stack(0, Arrays.stream(names).map(arrays).toArray(NDArray[]::new));
  }

  /** What is one job. */
  private List<NDArray> job(String name, int steps) {
    return switch (name) {
      case "compute" ->
          List.of(array("x").clip(2.0, 10.0).multiply(4.0).add(array("y").multiply(3.0)).add(9.0));
      case "arc_distance" -> List.of(arcDistance());
      case "go_fast" -> List.of(array("a").add(array("a").diagonal(0, 0, 1).tanh().sum()));
      case "softmax" -> List.of(Layers.softmax(array("x")));
      case "hdiff" -> List.of(Diffusion.step(array("field"), array("coeff")));
      case "mlp" -> List.of(new Layers(arrays).mlp());
      case "conv2d" -> List.of(Layers.convolution(array("x"), array("w"), array("bias")));
      case "lenet" -> List.of(new Layers(arrays).lenet());
      case "azimint_naive" -> List.of(Rings.byMasks(array("data"), array("radius"), steps));
      case "azimint_hist" -> List.of(Rings.byHistograms(array("data"), array("radius"), steps));
      default -> new MatrixPrograms(arrays).results(name);
    };
  }

  private NDArray arcDistance() {
    NDArray t1 = array("t1");
    NDArray t2 = array("t2");
    NDArray north = t2.subtract(t1).multiply(0.5).sin().square();
    NDArray east = array("p2").subtract(array("p1")).multiply(0.5).sin().square();
    NDArray chord = north.add(t1.cos().multiply(t2.cos()).multiply(east));
    return chord.sqrt().atan2(chord.negative().add(1.0).sqrt()).multiply(2.0);
  }
}
