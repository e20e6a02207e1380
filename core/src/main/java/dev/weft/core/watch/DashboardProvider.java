package dev.weft.core.watch;

import dev.weft.core.error.UsageException;
import java.util.ServiceLoader;

/** Opens dashboards. Found by {@link ServiceLoader}; {@code weft-dashboard} brings one. */
public interface DashboardProvider {
  /**
   * The provider on the class path.
   *
   * @throws UsageException when there is none
   */
  static DashboardProvider installed() {
    return ServiceLoader.load(DashboardProvider.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "the session cannot be watched: no dashboard is on the class path. Add weft-dashboard to it, or leave out withDashboard()"));
  }

  /**
   * Opens a dashboard of a session.
   *
   * @throws UsageException when the address cannot be had, as its port is taken
   */
  Dashboard open(WatchedSession session, DashboardAddress address);
}
