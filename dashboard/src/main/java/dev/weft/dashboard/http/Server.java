package dev.weft.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.watch.DashboardAddress;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;

/**
 * An HTTP server at an address, with routes. A request is let in by {@link Access} before its path
 * is looked at: whoever has no token learns nothing, not even which routes there are.
 */
public final class Server implements AutoCloseable {
  private static final int PORTS_TRIED = 100;
  private static final int LAST_PORT = 65_535;
  private static final String NO_TOKEN =
      "Weft's dashboard: this browser has no token. Open the link that weft has printed; it ends in ?token=...";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("weft-dashboard-", 0).factory());
  private final Access access;
  private final List<Route> routes;
  private final URI link;

  /**
   * Starts it.
   *
   * @param routes in the order in which they are tried
   */
  Server(DashboardAddress address, List<Route> routes) {
    this.routes = List.copyOf(routes);
    this.server = bind(address);
    int port = server.getAddress().getPort();
    InetAddress bound = server.getAddress().getAddress();
    this.access = new Access(Hosts.of(address.host(), bound, port), port);
    this.link = URI.create("http://" + Hosts.shown(bound, port) + "/?token=" + access.token());
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    startAside();
  }

  /**
   * The server's own thread keeps the JVM alive unless a thread that does not has started it: a
   * program that forgets to close its session must be able to end.
   */
  private void startAside() {
    Thread starter = Thread.ofPlatform().daemon().name("weft-dashboard").start(server::start);
    boolean interrupted = false;
    while (starter.isAlive()) {
      try {
        starter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpServer bind(DashboardAddress address) {
    int tries = address.orNext() && address.port() > 0 ? PORTS_TRIED : 1;
    IOException last = null;
    for (int port = address.port(); port < address.port() + tries && port <= LAST_PORT; port++) {
      try {
        return HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(address.host()), port), 0);
      } catch (BindException e) {
        last = e;
      } catch (IOException e) {
        throw new UsageException(
            "the dashboard cannot be opened at %s: %s; use an address of this machine, such as 127.0.0.1"
                .formatted(address.host(), e.getMessage()),
            e);
      }
    }
    throw new UsageException(
        "the dashboard cannot be opened at %s, port %d%s: %s; choose another port, or 0 for any free one, and an address of this machine"
            .formatted(
                address.host(),
                address.port(),
                tries > 1 ? " or one of the next " + (tries - 1) : "",
                last == null ? "no port is left" : last.getMessage()),
        last == null ? new IOException("no port") : last);
  }

  /** Where to look, with the token. */
  public URI link() {
    return link;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } catch (IOException e) {
      // Who asked has gone.
      throw e;
    } catch (RuntimeException | Error e) {
      exchange.close();
      throw new DeviceException(
          "answer %s: %s".formatted(exchange.getRequestURI().getPath(), e), e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    String query = exchange.getRequestURI().getRawQuery();
    String foreign = access.foreign(exchange.getRequestHeaders(), !method.equals(Route.GET));
    if (foreign != null) {
      Reply.text(exchange, 403, foreign);
      return;
    }
    if (query != null && path.equals("/") && method.equals(Route.GET)) {
      enter(exchange, query);
      return;
    }
    if (!access.known(exchange.getRequestHeaders())) {
      Reply.text(exchange, 403, NO_TOKEN);
      return;
    }
    if (query != null) {
      Reply.text(exchange, 400, "no route takes a query");
      return;
    }
    route(exchange, method, path);
  }

  /** The token of the link is exchanged for a cookie, and vanishes from the address. */
  private void enter(HttpExchange exchange, String query) throws IOException {
    String prefix = "token=";
    if (query.startsWith(prefix) && access.isToken(query.substring(prefix.length()))) {
      exchange.getResponseHeaders().add("Set-Cookie", access.setCookie());
      Reply.redirect(exchange, "/");
    } else {
      Reply.text(exchange, 403, NO_TOKEN);
    }
  }

  private void route(HttpExchange exchange, String method, String path) throws IOException {
    String allowed = "";
    for (Route route : routes) {
      Matcher matcher = route.path().matcher(path);
      if (!matcher.matches()) {
        continue;
      }
      if (route.method().equals(method)) {
        route.answer().to(exchange, matcher);
        return;
      }
      allowed += (allowed.isEmpty() ? "" : ", ") + route.method();
    }
    if (allowed.isEmpty()) {
      Reply.text(exchange, 404, "there is nothing here");
    } else {
      exchange.getResponseHeaders().set("Allow", allowed);
      Reply.text(exchange, 405, "allowed here: " + allowed);
    }
  }

  /** Stops at once; pages that are connected are told by their connection's end. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
