package dev.weft.core.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.core.reference.ReferenceDevice;
import org.junit.jupiter.api.Test;

/** Core itself has no dashboard. */
class DashboardProviderTest {
  @Test
  void withoutADashboardOnTheClassPathASessionSaysWhatToAdd() {
    SessionConfig config = SessionConfig.defaults().withDashboard();
    assertThatThrownBy(() -> Session.open(config, new ReferenceDevice(1 << 20)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Add weft-dashboard");
  }

  @Test
  void settingsSayWhere() {
    SessionConfig config = SessionConfig.defaults();
    assertThat(config.dashboard()).isNull();
    assertThat(config.withDashboard().dashboard())
        .isEqualTo(new DashboardAddress("127.0.0.1", 8787, true));
    assertThat(config.withDashboard(9000).withThreads(3).dashboard())
        .isEqualTo(new DashboardAddress("127.0.0.1", 9000, false));
    assertThatThrownBy(() -> new DashboardAddress(" ", 1, true))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("127.0.0.1");
  }
}
