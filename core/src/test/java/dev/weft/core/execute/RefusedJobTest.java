package dev.weft.core.execute;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceException;
import org.junit.jupiter.api.Test;

/** Jobs that cannot fit are refused before anything runs, with the task that is too large. */
class RefusedJobTest {
  @Test
  void theLargestTaskIsNamed() {
    SessionConfig config =
        SessionConfig.defaults().withDevice("reference").withMemoryLimit(1 << 20);
    try (Session session = Session.open(config)) {
      // User code sees a dense chunk and fills another one: 8 MB each.
      NDArray x = session.ones(1_000_000).rechunk(1_000_000);
      assertThatThrownBy(() -> x.map(value -> value + 1).sum().toDouble())
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("for one task of 'map'")
          .hasMessageContaining("the memory limit is 1,048,576")
          .hasMessageContaining("use smaller chunks");
    }
  }
}
