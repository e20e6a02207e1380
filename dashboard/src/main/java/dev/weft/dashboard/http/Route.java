package dev.weft.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path and what answers it.
 *
 * @param method the one method that it has
 * @param path matches whole paths; groups are parameters
 */
record Route(String method, Pattern path, Answer answer) {
  static final String GET = "GET";
  static final String POST = "POST";

  /** Answers a request that has been let in. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange, Matcher path) throws IOException;
  }

  static Route get(String path, Answer answer) {
    return new Route(GET, Pattern.compile(path), answer);
  }

  static Route post(String path, Answer answer) {
    return new Route(POST, Pattern.compile(path), answer);
  }

  boolean changes() {
    return !method.equals(GET);
  }
}
