package dev.weft.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.ArrayLostException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.optimize.Notation;
import dev.weft.core.place.Place;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.Plans;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Results that stay where they are made, and jobs that find them there. */
class ResidentChunksTest {
  private static final long PLENTY = 1L << 40;
  private static final Rates EQUAL = new Rates(10, 10, 10, 10, 1, 1);

  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 26));
  private final NDArray x =
      session.array(Notation.source("x", DType.FLOAT64, 100), ChunkSpec.of(10));

  /** What an earlier job has left. */
  record Left(String description, DType dtype, Shape shape) implements ArraySource {
    @Override
    public boolean isResident() {
      return true;
    }

    @Override
    public void read(Region region, MemorySegment target) {
      throw new UnsupportedOperationException("never read");
    }
  }

  private final NDArray left =
      session.array(new Left("left", DType.FLOAT64, Shape.of(100)), ChunkSpec.of(10));

  @AfterEach
  void close() {
    session.close();
  }

  private static SimulatedDevice device(String name, long limit) {
    return SimulatedDevice.of(new Place(name, EQUAL, 1, limit, true));
  }

  @Test
  void aResultStaysOnTheDeviceThatMadeIt() {
    SimulatedMachine machine =
        new SimulatedMachine(
            Plans.resident(x.exp().on("cuda:0")),
            List.of(device("cpu", PLENTY), device("cuda:0", PLENTY)));
    machine.run();
    machine.checkEnd();
    assertThat(machine.tasks).containsExactly(0, 10);
    assertThat(machine.log).noneMatch(line -> line.endsWith("from 1 to 0"));
  }

  @Test
  void whatIsThereIsNotCopied() {
    Plan plan = Plans.of(left.exp().on("cuda:0").sum());
    SimulatedMachine machine =
        new SimulatedMachine(
            plan,
            List.of(device("cpu", PLENTY), device("cuda:0", PLENTY)),
            (array, chunk) -> plan.graph().arrays().get(array).isGiven() ? 1 : 0);
    machine.run();
    machine.checkEnd();
    assertThat(machine.tasks).containsExactly(1, 10);
    assertThat(machine.log).noneMatch(line -> line.endsWith("from 0 to 1"));
    assertThat(machine.log).noneMatch(line -> line.startsWith("free a0/"));
  }

  @Test
  void whatIsLostWithItsDeviceEndsTheJobIfItIsStillNeeded() {
    Plan plan = Plans.of(left.exp().sum());
    int failed = 0;
    for (int at = 1; at < 400; at += 7) {
      SimulatedMachine machine =
          new SimulatedMachine(
              plan,
              List.of(device("cpu", PLENTY), device("cuda:0", PLENTY).failing(at)),
              (array, chunk) -> 1);
      machine.run();
      if (machine.failure() == null) {
        machine.checkEnd();
        continue;
      }
      failed++;
      assertThat(machine.failure().cause())
          .isInstanceOf(ArrayLostException.class)
          .hasMessageStartingWith(
              "the array 'left', float64 (100,) was kept on cuda:0, which is lost (lost). Make it");
    }
    assertThat(failed).isBetween(1, 56);
  }

  @Test
  void randomJobsKeepTheirResultsOnceAndWithinMemory() {
    int lost = 0;
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      NDArray a = random.nextBoolean() ? x : left;
      NDArray b = random.nextBoolean() ? left.exp() : x.sin();
      NDArray result =
          switch (random.nextInt(5)) {
            case 0 -> a.add(b);
            case 1 -> a.slice("::-1").multiply(b);
            case 2 -> a.exp().cumsum(0).add(b);
            case 3 -> a.subtract(b.mean());
            default -> session.concatenate(0, a.exp(), b);
          };
      Plan plan = random.nextInt(3) == 0 ? Plans.of(result) : Plans.resident(result);
      List<SimulatedDevice> devices = new ArrayList<>(List.of(device("cpu", PLENTY)));
      int far = 1 + random.nextInt(2);
      for (int i = 0; i < far; i++) {
        long limit = random.nextBoolean() ? PLENTY : 400 + random.nextInt(1200);
        SimulatedDevice device = device("far:" + i, limit);
        devices.add(random.nextInt(3) == 0 ? device.failing(random.nextInt(600)) : device);
      }
      int[] homes = random.ints(10, 0, far + 1).toArray();
      SimulatedMachine machine =
          new SimulatedMachine(
              plan,
              devices,
              (array, chunk) ->
                  plan.graph().arrays().get(array).label().equals("left") ? homes[(int) chunk] : 0);
      try {
        machine.run();
        if (machine.failure() == null) {
          machine.checkEnd();
        } else {
          assertThat(machine.failure().cause()).isInstanceOf(ArrayLostException.class);
          lost++;
        }
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    System.out.println(lost + " of 1000 jobs had lost a persisted array");
    assertThat(lost).isBetween(20, 500);
  }
}
