package dev.weft.bench.npbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpbenchProgramsTest {
  /** Side of the square inputs and length of the vectors. */
  private static final int N = 13;

  private static Session session;

  private final Map<String, double[]> inputs = new LinkedHashMap<>();
  private final Map<String, int[]> shapes = new LinkedHashMap<>();

  @BeforeAll
  static void open() {
    session = Session.open(SessionConfig.defaults().withThreads(2));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private double[] input(String name, double low, double high, int... shape) {
    Random random = new Random(name.hashCode());
    int size = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = random.doubles(size, low, high).toArray();
    inputs.put(name, values);
    shapes.put(name, shape);
    return values;
  }

  private Table square(String name) {
    if (!inputs.containsKey(name)) {
      input(name, 0, 1, N, N);
    }
    return new Table(N, N, inputs.get(name));
  }

  private double[] vector(String name) {
    return inputs.containsKey(name) ? inputs.get(name) : input(name, 0, 1, N);
  }

  private NDArray array(String name) {
    long[] shape = Arrays.stream(shapes.get(name)).asLongStream().toArray();
    return session.array(HostArray.of(inputs.get(name))).reshape(shape);
  }

  private List<double[]> weft(String program, int steps) {
    List<double[]> results = new ArrayList<>();
    for (HostArray result : new NpbenchPrograms(session, this::array).run(program, steps)) {
      results.add(result.toDoubleArray());
      result.close();
    }
    return results;
  }

  private void check(String program, int steps, List<double[]> expected) {
    List<double[]> results = weft(program, steps);
    assertThat(results).as(program).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(results.get(i)).as(program + ", result " + i).hasSameSizeAs(expected.get(i));
      for (int j = 0; j < expected.get(i).length; j++) {
        double want = expected.get(i)[j];
        assertThat(results.get(i)[j])
            .as("%s, result %d, element %d", program, i, j)
            .isCloseTo(want, within(1e-11 * Math.max(1, Math.abs(want))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "atax",
        "bicg",
        "mvt",
        "gesummv",
        "gemver",
        "gemm",
        "k2mm",
        "k3mm",
        "symm",
        "syrk",
        "syr2k",
        "trmm",
        "covariance",
        "covariance2",
        "correlation"
      })
  void matricesAreThoseOfPlainLoops(String program) {
    check(program, 0, new PlainMatrices(this::square, this::vector).results(program));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cholesky2", "trisolv"})
  void solversAreThoseOfPlainLoops(String program) {
    for (String name : List.of("a", "l")) {
      Table any = square(name);
      inputs.put(
          name,
          Table.of(N, N, (i, j) -> any.at(i, j) / 2 + any.at(j, i) / 2 + (i == j ? N : 0)).data());
    }
    check(program, 0, new PlainMatrices(this::square, this::vector).results(program));
  }

  @Test
  void rowsOfACubeByAMatrix() {
    double[] cube = input("a", 0, 1, N, N, N);
    Table c4 = square("c4");
    check("doitgen", 0, List.of(new Table(N * N, N, cube).times(c4).data()));
  }

  @Test
  void elements() {
    double[] x = input("x", 0, 20, N, N);
    double[] y = input("y", 0, 20, N, N);
    check(
        "compute",
        0,
        List.of(Table.vector(x.length, i -> Math.min(Math.max(x[i], 2), 10) * 4 + y[i] * 3 + 9)));
    Table a = square("a");
    double tanh = Arrays.stream(Table.vector(N, i -> Math.tanh(a.at(i, i)))).sum();
    check("go_fast", 0, List.of(Table.vector(N * N, i -> a.data()[i] + tanh)));
  }

  @Test
  void arcs() {
    double[] t1 = input("t1", -1.5, 1.5, N);
    double[] p1 = input("p1", -1.5, 1.5, N);
    double[] t2 = input("t2", -1.5, 1.5, N);
    double[] p2 = input("p2", -1.5, 1.5, N);
    // The same angle by the cosine rule of the sphere, which is another formula.
    check(
        "arc_distance",
        0,
        List.of(
            Table.vector(
                N,
                i ->
                    Math.acos(
                        Math.sin(t1[i]) * Math.sin(t2[i])
                            + Math.cos(t1[i]) * Math.cos(t2[i]) * Math.cos(p2[i] - p1[i])))));
  }

  private static double[] softmax(double[] x, int columns) {
    return Table.vector(
        x.length,
        i -> {
          double total = 0;
          for (int j = i / columns * columns; j < (i / columns + 1) * columns; j++) {
            total += Math.exp(x[j] - x[i]);
          }
          return 1 / total;
        });
  }

  @Test
  void softmaxOfTheLastAxis() {
    check("softmax", 0, List.of(softmax(input("x", -3, 3, 2, 3, N, N), N)));
  }

  @Test
  void threeLayers() {
    Table x = new Table(N, 3, input("x", 0, 1, N, 3));
    Table first = relu(x.times(new Table(3, N, input("w1", -1, 1, 3, N))), vector("b1"));
    Table second = relu(first.times(new Table(N, N, input("w2", -1, 1, N, N))), vector("b2"));
    Table third = second.times(new Table(N, 5, input("w3", -1, 1, N, 5)));
    double[] b3 = input("b3", 0, 1, 5);
    Table biased = Table.of(N, 5, (i, j) -> third.at(i, j) + b3[j]);
    check("mlp", 0, List.of(softmax(biased.data(), 5)));
  }

  private static Table relu(Table x, double[] bias) {
    return Table.of(x.rows(), x.columns(), (i, j) -> Math.max(x.at(i, j) + bias[j], 0));
  }

  @Test
  void convolutionsWithPooling() {
    double[] x = input("x", 0, 1, 2, 16, 16, 1);
    double[] w1 = input("w1", -1, 1, 5, 5, 1, 3);
    double[] w2 = input("w2", -1, 1, 5, 5, 3, 4);
    double[] first =
        PlainGrids.pooled(PlainGrids.convolution(x, w1, input("b1", -1, 1, 3), 2, 16, 1), 2, 12, 3);
    double[] second =
        PlainGrids.pooled(
            PlainGrids.convolution(first, w2, input("b2", -1, 1, 4), 2, 6, 3), 2, 2, 4);
    Table third =
        relu(
            new Table(2, 4, second).times(new Table(4, 6, input("f1", -1, 1, 4, 6))),
            input("c1", 0, 1, 6));
    Table fourth =
        relu(third.times(new Table(6, 5, input("f2", -1, 1, 6, 5))), input("c2", 0, 1, 5));
    Table last = fourth.times(new Table(5, 2, input("f3", -1, 1, 5, 2)));
    double[] c3 = input("c3", 0, 1, 2);
    check("lenet", 0, List.of(Table.of(2, 2, (i, j) -> last.at(i, j) + c3[j]).data()));
  }

  @Test
  void bodies() {
    double[] mass = input("mass", 0.5, 1, N);
    double[][] place = new double[3][];
    double[][] speed = new double[3][];
    for (int axis = 0; axis < 3; axis++) {
      place[axis] = input("xyz".substring(axis, axis + 1), -1, 1, N).clone();
      speed[axis] = input("v" + "xyz".charAt(axis), -1, 1, N).clone();
    }
    check("nbody", 6, PlainBodies.run(mass, place, speed, 6));
  }

  @Test
  void neighbours() {
    double[] field = input("field", 0, 1, N + 4, N + 4, 3);
    double[] coeff = input("coeff", 0, 1, N, N, 3);
    check("hdiff", 0, List.of(PlainGrids.diffusion(field, coeff, N, 3)));
    double[] x = input("x", 0, 1, 2, N, N, 3);
    double[] w = input("w", -1, 1, 5, 5, 3, 4);
    double[] bias = input("bias", -1, 1, 4);
    check("conv2d", 0, List.of(PlainGrids.convolution(x, w, bias, 2, N, 3)));
  }

  @Test
  void loopsOverTime() {
    double[] a1 = input("a", 0, 1, N);
    double[] b1 = input("b", 0, 1, N);
    check("jacobi_1d", 5, PlainGrids.doubleSteps(a1, b1, 5, new int[] {N}, PlainGrids.jacobi1d()));
    double[] a2 = input("a", 0, 1, N, N);
    double[] b2 = input("b", 0, 1, N, N);
    int[] plane = {N, N};
    check("jacobi_2d", 4, PlainGrids.doubleSteps(a2, b2, 4, plane, PlainGrids.jacobi2d(N)));
    double[] a3 = input("a", 0, 1, N, N, N);
    double[] b3 = input("b", 0, 1, N, N, N);
    int[] space = {N, N, N};
    check("heat_3d", 3, PlainGrids.doubleSteps(a3, b3, 3, space, PlainGrids.heat3d(N)));
  }

  @Test
  void noStepsGiveTheInputs() {
    check("jacobi_1d", 0, List.of(input("a", 0, 1, N), input("b", 0, 1, N)));
  }

  @Test
  void fieldsAndPaths() {
    double[] ex = square("ex").data();
    double[] ey = square("ey").data();
    double[] hz = square("hz").data();
    check("fdtd_2d", 4, PlainGrids.fdtd(ex, ey, hz, N, 4));
    double[] path = input("path", 1, 100, N, N);
    check("floyd_warshall", 0, List.of(PlainGrids.shortestPaths(path, N)));
  }

  @Test
  void rings() {
    int n = 400;
    int rings = 7;
    double[] data = input("data", 0, 1, n);
    double[] radius = input("radius", 0, 1, n);
    double low = Arrays.stream(radius).min().orElseThrow();
    double high = Arrays.stream(radius).max().orElseThrow();
    check("azimint_naive", rings, List.of(means(data, radius, 0, high, rings, false)));
    check("azimint_hist", rings, List.of(means(data, radius, low, high, rings, true)));
  }

  /** Means of the rings between two radii, the last of which has its end or not. */
  private static double[] means(
      double[] data, double[] radius, double low, double high, int rings, boolean closed) {
    double[] totals = new double[rings];
    int[] counts = new int[rings];
    for (int i = 0; i < data.length; i++) {
      int ring = (int) ((radius[i] - low) / (high - low) * rings);
      if (ring == rings && closed) {
        ring--;
      }
      if (ring < rings) {
        totals[ring] += data[i];
        counts[ring]++;
      }
    }
    return Table.vector(rings, i -> totals[i] / counts[i]);
  }

  @Test
  void otherProgramsAreRefused() {
    input("data", 0, 1, N, N);
    assertThatThrownBy(() -> weft("nussinov", 0))
        .isInstanceOf(UsageException.class)
        .hasMessage("npbench: there is no program 'nussinov' here");
  }
}
