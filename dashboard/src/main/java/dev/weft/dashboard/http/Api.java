package dev.weft.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.watch.WatchedSession;
import dev.weft.dashboard.state.SessionState;
import dev.weft.dashboard.state.Views;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** The routes that are not files. */
record Api(SessionState state, WatchedSession session, Streams streams) {
  private static final String NUMBER = "([0-9]{1,18})";

  /** What {@code /api/session} and each snapshot tell. */
  record All(Views.Snapshot state, SessionView session) {}

  /**
   * A kernel.
   *
   * @param text one value a line
   * @param code what each device runs for it, by the device's name
   */
  record Source(String name, String text, Map<String, String> code) {}

  List<Route> routes() {
    return List.of(
        Route.get("/events", (exchange, path) -> streams.serve(exchange)),
        Route.get("/api/session", (exchange, path) -> json(exchange, all())),
        Route.get("/api/jobs", (exchange, path) -> json(exchange, snapshot().history())),
        Route.get("/api/jobs/" + NUMBER, this::job),
        Route.get("/api/jobs/" + NUMBER + "/stages/([0-9]{1,9})", this::kernel),
        Route.post("/api/jobs/" + NUMBER + "/cancel", this::cancel),
        Route.post("/api/cancel", this::cancelAll),
        Route.get("/metrics", this::metrics),
        Route.get("/health", (exchange, path) -> json(exchange, Map.of("status", "ok"))));
  }

  All all() {
    return new All(snapshot(), SessionView.of(session));
  }

  private Views.Snapshot snapshot() {
    return state.snapshot(System.nanoTime());
  }

  private static void json(HttpExchange exchange, Object value) throws IOException {
    Reply.send(exchange, 200, Reply.JSON, Json.bytes(value));
  }

  private void job(HttpExchange exchange, Matcher path) throws IOException {
    Views.Job job = state.job(Long.parseLong(path.group(1)));
    if (job == null) {
      Reply.text(exchange, 404, "job " + path.group(1) + " is not known, or no longer");
    } else {
      json(exchange, job);
    }
  }

  private void kernel(HttpExchange exchange, Matcher path) throws IOException {
    Kernel kernel = state.kernel(Long.parseLong(path.group(1)), Integer.parseInt(path.group(2)));
    if (kernel == null) {
      Reply.text(exchange, 404, "this stage launches no kernel, or is not known");
    } else {
      json(exchange, new Source(kernel.name(), kernel.toString(), session.code(kernel)));
    }
  }

  private void cancel(HttpExchange exchange, Matcher path) throws IOException {
    if (session.cancel(Long.parseLong(path.group(1)))) {
      json(exchange, Map.of("cancelled", true));
    } else {
      Reply.text(exchange, 404, "job " + path.group(1) + " is not running");
    }
  }

  private void cancelAll(HttpExchange exchange, Matcher path) throws IOException {
    session.cancelAll();
    json(exchange, Map.of("cancelled", true));
  }

  private void metrics(HttpExchange exchange, Matcher path) throws IOException {
    byte[] text = Metrics.of(snapshot(), SessionView.of(session)).getBytes(StandardCharsets.UTF_8);
    Reply.send(exchange, 200, Metrics.TYPE, text);
  }
}
