package dev.weft.timeline;

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
import dev.weft.core.schedule.SimulatedDevice;
import dev.weft.core.schedule.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The picture in {@code docs/devices.md}: decisions of the real scheduler for four cores and a GPU
 * that are simulated. {@code -Dgolden.update=true} writes it.
 */
class PlacementPictureTest {
  private static final Path PICTURE = Path.of("../docs/placement.svg");
  private static final int CHUNKS = 8;
  private static final int LENGTH = 512;
  private static final long PLENTY = 1L << 40;

  /** The tag keeps it out of a bundle, which has no documentation. */
  @Test
  @Tag("documents")
  void pictureOfTheDocumentationIsCurrent() throws IOException {
    String svg = draw();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PICTURE, svg);
    }
    assertThat(PICTURE).content().isEqualTo(svg);
  }

  private static String draw() {
    SimulatedDevice cpu =
        SimulatedDevice.of(new Place("cpu", new Rates(20, 10, 1, 1, 5_000, 0), 4, PLENTY, true));
    SimulatedDevice gpu =
        SimulatedDevice.of(
            new Place("cuda:0", new Rates(300, 200, 10, 10, 10_000, 10_000), 1, PLENTY, true));
    try (Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      NDArray x = source(session, "x");
      NDArray y = source(session, "y");
      NDArray z = x.sin().multiply(y.exp()).add(1).log();
      Plan plan = Plans.of(z.subtract(z.mean()).exp().sum(0));
      SimulatedMachine machine = new SimulatedMachine(plan, List.of(cpu, gpu));
      machine.run();
      machine.checkEnd();
      return TimelineSvg.of(
          "sum(exp(z - mean(z)), axis=0), z = log(sin(x) * exp(y) + 1): simulated", machine.heard);
    }
  }

  private static NDArray source(Session session, String name) {
    long extent = (long) CHUNKS * LENGTH;
    return session.array(
        Notation.source(name, DType.FLOAT64, extent, extent), ChunkSpec.of(LENGTH, LENGTH));
  }
}
