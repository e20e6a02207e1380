package dev.weft.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import dev.weft.core.error.InternalException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The files of the page, each with a route of its own: no path is ever made of a request. */
final class Pages {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private static final List<String> SCRIPTS =
      List.of(
          "app.js",
          "charts.js",
          "colours.js",
          "dom.js",
          "format.js",
          "graph.js",
          "panels.js",
          "stream.js",
          "theme.js",
          "vendor/uPlot.esm.js");
  private static final List<String> STYLES = List.of("style.css", "vendor/uPlot.min.css");

  private Pages() {}

  static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(file("/", "index.html", "text/html; charset=utf-8"));
    SCRIPTS.forEach(name -> routes.add(file("/" + name, name, SCRIPT)));
    STYLES.forEach(name -> routes.add(file("/" + name, name, STYLE)));
    routes.add(file("/icon.svg", "icon.svg", "image/svg+xml"));
    return routes;
  }

  private static Route file(String path, String name, String type) {
    byte[] bytes = read(name);
    return Route.get(Pattern.quote(path), (exchange, match) -> send(exchange, type, bytes));
  }

  private static void send(HttpExchange exchange, String type, byte[] bytes) throws IOException {
    Reply.send(exchange, 200, type, bytes);
  }

  private static byte[] read(String name) {
    try (InputStream in = Pages.class.getResourceAsStream("/dev/weft/dashboard/page/" + name)) {
      if (in == null) {
        throw new InternalException("the page's file " + name + " is not in the jar");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InternalException("read the page's file " + name + ": " + e);
    }
  }
}
