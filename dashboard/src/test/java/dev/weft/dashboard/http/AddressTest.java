package dev.weft.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.core.watch.DashboardAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where a dashboard is, and what happens where it cannot be. */
class AddressTest {
  @Test
  void aTakenPortIsAnErrorOrPassedOver() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> new LiveDashboard(new TestSession(), DashboardAddress.ofPort(port)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("127.0.0.1, port " + port)
          .hasMessageContaining("choose another port");
      try (LiveDashboard next =
          new LiveDashboard(new TestSession(), new DashboardAddress("127.0.0.1", port, true))) {
        assertThat(next.link().getPort()).isGreaterThan(port);
      }
    }
  }

  @Test
  void aSessionTellsItsLinkAndClosesItsDashboard() throws IOException {
    SessionConfig config = SessionConfig.defaults().withDashboard(0);
    URI link;
    try (Session session = Session.open(config, new ReferenceDevice(64 << 20))) {
      link = session.dashboard().orElseThrow();
      assertThat(link.getHost()).isEqualTo("127.0.0.1");
    }
    // The port is free again.
    new ServerSocket(link.getPort(), 0, InetAddress.getByName("127.0.0.1")).close();
    assertThat(config.toString()).doesNotContain(link.getQuery());
  }

  @Test
  void aProgramThatForgetsToCloseCanEnd() {
    try (LiveDashboard dashboard =
        new LiveDashboard(new TestSession(), DashboardAddress.ofPort(0))) {
      assertThat(dashboard.link().getPort()).isPositive();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().matches("HTTP-Dispatcher|weft-dashboard.*"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  void aSessionWithoutADashboardHasNoLink() {
    try (Session session = Session.open(SessionConfig.defaults(), new ReferenceDevice(1 << 20))) {
      assertThat(session.dashboard()).isEmpty();
    }
  }

  @Test
  void hostsAreNamedExactly() throws IOException {
    assertThat(Hosts.of("127.0.0.1", InetAddress.getByName("127.0.0.1"), 8787))
        .isEqualTo(Set.of("127.0.0.1:8787", "localhost:8787"));
    assertThat(Hosts.of("::1", InetAddress.getByName("::1"), 80))
        .contains("[0:0:0:0:0:0:0:1]:80", "localhost", "localhost:80");
  }

  @Test
  void portsAreChecked() {
    assertThatThrownBy(() -> DashboardAddress.ofPort(65_536))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is 65536; use 1 to 65535");
  }
}
