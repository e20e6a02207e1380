package dev.weft.dashboard.http;

import dev.weft.core.event.JobEvent;
import dev.weft.core.watch.Dashboard;
import dev.weft.core.watch.DashboardAddress;
import dev.weft.core.watch.WatchedSession;
import dev.weft.dashboard.state.SessionState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A session on the web. Events go into a {@link SessionState} and nowhere else; ten times a second,
 * while pages listen, the state is made into one frame for all of them.
 */
public final class LiveDashboard implements Dashboard {
  private static final long FRAME_MILLIS = 100;

  /** Memory changes without events: it is told so often. */
  private static final long IDLE_FRAMES = 10;

  private final SessionState state;
  private final Broadcast broadcast = new Broadcast();
  private final Streams streams;
  private final Api api;
  private final Server server;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("weft-dashboard-clock").factory());
  private long told = -1;
  private int pages;
  private long idle;

  /** Opens it at an address. */
  public LiveDashboard(WatchedSession session, DashboardAddress address) {
    this.state = new SessionState(session.devices(), System.nanoTime());
    this.streams = new Streams(state, broadcast);
    this.api = new Api(state, session, streams);
    List<Route> routes = new ArrayList<>(api.routes());
    routes.addAll(Pages.routes());
    this.server = new Server(address, routes);
    var unused =
        clock.scheduleWithFixedDelay(this::tick, FRAME_MILLIS, FRAME_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public URI link() {
    return server.link();
  }

  @Override
  public void on(JobEvent event) {
    state.on(event);
  }

  private void tick() {
    streams.cutDead(System.nanoTime());
    int listening = streams.count();
    boolean more = listening > pages;
    pages = listening;
    if (listening == 0) {
      return;
    }
    long version = state.version(System.nanoTime());
    if (version == told && !more && ++idle < IDLE_FRAMES) {
      return;
    }
    idle = 0;
    told = version;
    publish();
  }

  private void publish() {
    broadcast.publish(Streams.event("snapshot", Json.bytes(api.all())));
  }

  /** Pages are sent how it has ended, before their connections end. */
  @Override
  public void close() {
    clock.shutdownNow();
    try {
      // A frame that is being made asks the session, which is about to close.
      if (!clock.awaitTermination(1, TimeUnit.MINUTES)) {
        return;
      }
      if (streams.count() > 0) {
        publish();
      }
      broadcast.close();
      streams.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      broadcast.close();
      server.close();
    }
  }
}
