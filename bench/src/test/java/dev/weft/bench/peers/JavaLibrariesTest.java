package dev.weft.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Java libraries give what Weft gives, whose results the harness compares with those of NumPy.
 */
class JavaLibrariesTest {
  private static final int N = 60;

  private static void load(PeerSystem system) {
    Random random = new Random(7);
    for (String name : List.of("x", "y")) {
      system.load(name, DenseArray.of(random.doubles(N, -1, 2).toArray(), N));
    }
    system.load("m", DenseArray.of(random.doubles(N, -2, 4).toArray(), 6, 10));
    system.load("q", DenseArray.of(random.doubles(64, -1, 3).toArray(), 8, 8));
    system.load("signal", DenseArray.of(random.doubles(64, -1, 1).toArray(), 32, 2));
    for (String name : List.of("a12", "b12")) {
      system.load(name, DenseArray.of(random.doubles(144, -1, 1).toArray(), 12, 12));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ejml, add sum min sum_axis0 sum_axis1 min_axis0 min_axis1 transpose_mean matmul_12 solve_12",
    "ojalgo, add sum min sum_sqrt exp_sin sum_axis0 sum_axis1 min_axis0 min_axis1 matmul_12 solve_12",
    "commons-math, add sum min mean_std matmul_12 solve_12 fft"
  })
  void resultsAreThoseOfWeft(String name, String workloads) {
    try (PeerSystem library = PeerSystems.open(name, 2);
        PeerSystem weft = PeerSystems.open("weft", 2)) {
      load(library);
      load(weft);
      for (String workload : workloads.split(" ")) {
        List<DenseArray> expected =
            weft.prepare(workload, "float64", N).values().iterator().next().get().read();
        List<String> variants = new ArrayList<>();
        library
            .prepare(workload, "float64", N)
            .forEach(
                (variant, run) -> {
                  variants.add(variant);
                  // Twice, since what is reused must not spoil the next call.
                  run.get().read();
                  same(name + ", " + workload + ", " + variant, run.get().read(), expected);
                });
        assertThat(variants).as(workload).isNotEmpty();
      }
    }
  }

  private static void same(String what, List<DenseArray> results, List<DenseArray> expected) {
    assertThat(results).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(results.get(i).shape()).as(what).isEqualTo(expected.get(i).shape());
      for (int j = 0; j < expected.get(i).size(); j++) {
        assertThat(results.get(i).get(j))
            .as("%s, result %d, element %d", what, i, j)
            .isCloseTo(expected.get(i).get(j), within(1e-11));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ejml", "ojalgo", "commons-math"})
  void whatALibraryHasNotIsSaid(String name) {
    try (PeerSystem library = PeerSystems.open(name, 1)) {
      load(library);
      assertThatThrownBy(() -> library.prepare("black_scholes", "float64", N))
          .isInstanceOf(UnsupportedWorkload.class)
          .hasMessageStartingWith("not measured on ");
      assertThatThrownBy(() -> library.prepare("add", "float32", N))
          .isInstanceOf(UnsupportedWorkload.class)
          .hasMessageEndingWith(" is measured in float64 only");
      assertThatThrownBy(() -> library.draw("random_normal_mean", "float64", N))
          .isInstanceOf(UnsupportedWorkload.class)
          .hasMessageStartingWith("no random workload is measured on ");
    }
  }
}
