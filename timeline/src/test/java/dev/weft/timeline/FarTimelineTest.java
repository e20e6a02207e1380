package dev.weft.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.testkit.device.EmulatedFarDevice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that the host cannot reach is drawn with its copies and reasons. */
@Timeout(300)
final class FarTimelineTest {
  private static final Rates EQUAL = new Rates(1, 1, 1000, 1000, 1000, 1000);

  @Test
  void aRealJobIsDrawn() {
    Timeline timeline = new Timeline();
    EmulatedFarDevice far = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 28));
    DeviceGroup group =
        new DeviceGroup(new ReferenceDevice(1 << 28), true, List.of(far), (host, device) -> EQUAL);
    try (Session session = Session.open(SessionConfig.defaults().withListener(timeline), group)) {
      session.array(new double[10_000]).rechunk(100).sqrt().sum().compute().close();
    }
    assertThat(timeline.toSvg("two devices"))
        .contains("tasks on reference", "tasks on far:0", ">to far:0<", ">from far:0<")
        .contains("copy to far:0: chunk ", "Where the chunks of each stage ran")
        .containsPattern(
            "far:0: (inputs resident|after .* of inputs), .* (on reference|of work left)");
  }
}
