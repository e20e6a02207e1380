package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.optimize.Notation;
import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Jobs of all shapes on machines of all speeds: two devices are a quarter faster than the better
 * one alone on average, and never much slower. Slower they are where a chunk that one device made
 * to help turns out to be wanted on the other one, stages later: nobody looks so far ahead.
 */
class DeviceWorkloadsTest {
  private static final int JOBS = 300;
  private static final int CHUNKS = 64;
  private static final int LENGTH = 1 << 17;

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void twoDevicesAreHardlyEverSlowerThanTheBetterOneAlone() {
    double worst = 0;
    double best = 1e9;
    double mean = 0;
    for (int seed = 0; seed < JOBS; seed++) {
      Random random = new Random(seed);
      Plan plan = plan(random);
      SimulatedDevice cpu =
          SimulatedDevice.of(
              new Place("cpu", rates(random, 5, 5), 1 + random.nextInt(8), 1L << 40, true));
      SimulatedDevice gpu =
          SimulatedDevice.of(new Place("cuda:0", rates(random, 100, 100), 1, 1L << 40, true));
      SimulatedMachine both = new SimulatedMachine(plan, List.of(cpu, gpu));
      double makespan = both.run();
      both.checkEnd();
      double alone = Math.min(time(plan, cpu), time(plan, host(cpu), gpu));
      double ratio = makespan / alone;
      worst = Math.max(worst, ratio);
      best = Math.min(best, ratio);
      mean += ratio / JOBS;
      assertThat(ratio)
          .as("seed %d: %.3f ms, alone %.3f ms", seed, makespan / 1e6, alone / 1e6)
          .isLessThan(1.15);
    }
    System.out.printf(
        Locale.ROOT,
        "%d jobs on two devices against the better one alone: %.3f on average, %.3f to %.3f%n",
        JOBS,
        mean,
        best,
        worst);
    assertThat(mean).isLessThan(0.8);
  }

  private static SimulatedDevice host(SimulatedDevice cpu) {
    Place place = cpu.place();
    return SimulatedDevice.of(
        new Place(place.name(), place.rates(), place.slots(), place.memoryLimit(), false));
  }

  private static double time(Plan plan, SimulatedDevice... devices) {
    return new SimulatedMachine(plan, List.of(devices)).run();
  }

  /** Rates spread over more than a decade. */
  private static Rates rates(Random random, double memory, double arithmetic) {
    return new Rates(
        memory * spread(random),
        arithmetic * spread(random),
        2 * spread(random),
        2 * spread(random),
        5_000,
        5_000);
  }

  private static double spread(Random random) {
    return Math.pow(20, random.nextDouble());
  }

  private Plan plan(Random random) {
    List<NDArray> arrays = new ArrayList<>();
    for (String name : List.of("x", "y")) {
      arrays.add(
          session.array(
              Notation.source(name, DType.FLOAT64, (long) CHUNKS * LENGTH), ChunkSpec.of(LENGTH)));
    }
    int steps = 1 + random.nextInt(5);
    for (int i = 0; i < steps; i++) {
      NDArray a = arrays.get(random.nextInt(arrays.size()));
      NDArray b = arrays.get(random.nextInt(arrays.size()));
      arrays.add(
          switch (random.nextInt(5)) {
            case 0 -> a.add(b);
            case 1 -> a.exp().multiply(b);
            case 2 -> a.sin().sin().sin().sin();
            case 3 -> a.subtract(a.mean());
            default -> a.sin().slice("::-1").subtract(b);
          });
    }
    NDArray last = arrays.getLast();
    return random.nextBoolean() ? Plans.of(last.sqrt()) : Plans.of(last.square().sum());
  }
}
