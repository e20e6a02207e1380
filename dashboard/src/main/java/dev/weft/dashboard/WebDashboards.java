package dev.weft.dashboard;

import dev.weft.core.watch.Dashboard;
import dev.weft.core.watch.DashboardAddress;
import dev.weft.core.watch.DashboardProvider;
import dev.weft.core.watch.WatchedSession;
import dev.weft.dashboard.http.LiveDashboard;

/** Opens dashboards that browsers show. */
public final class WebDashboards implements DashboardProvider {
  @Override
  public Dashboard open(WatchedSession session, DashboardAddress address) {
    return new LiveDashboard(session, address);
  }
}
