package dev.weft.core;

import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.Energy;
import dev.weft.core.event.EventListener;
import dev.weft.core.event.JobEvent;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.watch.Dashboard;
import dev.weft.core.watch.DashboardProvider;
import dev.weft.core.watch.WatchedSession;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who hears the events of a session: its listeners, and its dashboard, which may ask for more. */
final class SessionEvents implements WatchedSession, AutoCloseable {
  private final List<EventListener> listeners;
  private final HeldMemory held;
  private final Inspection inspection;
  private final Session session;
  private final @Nullable Dashboard dashboard;

  /**
   * Opens the dashboard that the settings ask for. Where that fails, the devices are closed: there
   * will be no session to do it.
   */
  SessionEvents(SessionConfig config, HeldMemory held, Session session) {
    this.listeners = config.listeners();
    this.held = held;
    this.inspection = new Inspection(held.devices(), held.disk());
    this.session = session;
    try {
      this.dashboard =
          config.dashboard() == null
              ? null
              : DashboardProvider.installed().open(this, config.dashboard());
    } catch (RuntimeException | Error e) {
      held.devices().close();
      throw e;
    }
  }

  /** Whether there is anyone who hears. */
  boolean isHeard() {
    return dashboard != null || !listeners.isEmpty();
  }

  void publish(JobEvent event) {
    for (EventListener listener : listeners) {
      listener.on(event);
    }
    if (dashboard != null) {
      dashboard.on(event);
    }
  }

  Optional<URI> link() {
    return Optional.ofNullable(dashboard).map(Dashboard::link);
  }

  @Override
  public List<DeviceInfo> devices() {
    return held.devices().infos();
  }

  @Override
  public Map<String, MemoryUse> memory() {
    return inspection.memory();
  }

  @Override
  public Map<String, Energy> energy() {
    return held.devices().energy();
  }

  @Override
  public Map<String, String> code(Kernel kernel) {
    Map<String, String> code = new LinkedHashMap<>();
    for (GeneratedCode each : inspection.code(kernel)) {
      code.put(each.device(), each.text());
    }
    return code;
  }

  @Override
  public boolean cancel(long job) {
    return session.cancel(job);
  }

  @Override
  public void cancelAll() {
    session.cancelAll();
  }

  @Override
  public void close() {
    if (dashboard != null) {
      dashboard.close();
    }
  }
}
