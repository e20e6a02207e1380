package dev.weft.testkit.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Stands before an object store, hands requests on, and makes some fail as a plan says. It counts
 * what it has done, and how many requests were under way together.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "keep-alive",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private static final long LATE_MILLIS = 150;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI store;
  private final Function<Request, StoreFault> plan;
  private final Map<StoreFault, Integer> counts = new EnumMap<>(StoreFault.class);
  private final ConcurrentLinkedQueue<Request> seen = new ConcurrentLinkedQueue<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  /**
   * A request as it came.
   *
   * @param target path and query
   * @param headers in lower case, the first value of each
   */
  public record Request(String method, String target, Map<String, String> headers) {
    /** Whether it asks for a part of an object. */
    public boolean isRange() {
      return headers.containsKey("range");
    }
  }

  private FaultyProxy(HttpServer server, URI store, Function<Request, StoreFault> plan) {
    this.server = server;
    this.store = store;
    this.plan = plan;
  }

  /**
   * One before a store.
   *
   * @param plan what happens to each request
   */
  public static FaultyProxy before(URI store, Function<Request, StoreFault> plan)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FaultyProxy proxy = new FaultyProxy(server, store, plan);
    server.createContext("/", proxy::handle);
    server.setExecutor(proxy.threads);
    server.start();
    return proxy;
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** How often each fault has happened. */
  public Map<StoreFault, Integer> counts() {
    synchronized (counts) {
      return new EnumMap<>(counts);
    }
  }

  /** All requests so far. */
  public List<Request> seen() {
    return List.copyOf(seen);
  }

  /** How many requests were under way at the same time, at most. */
  public int most() {
    return most.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(running.incrementAndGet(), Math::max);
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Map<String, String> headers = new TreeMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      Request request =
          new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers);
      seen.add(request);
      fail(plan.apply(request), exchange, request, body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      running.decrementAndGet();
    }
  }

  private void fail(StoreFault fault, HttpExchange exchange, Request request, byte[] body)
      throws IOException, InterruptedException {
    switch (fault) {
      case NONE -> answer(exchange, request, forward(request, body));
      case SLOW -> {
        count(fault);
        Thread.sleep(LATE_MILLIS);
        answer(exchange, request, forward(request, body));
      }
      case SLOW_DOWN -> {
        count(fault);
        refuse(exchange, request, 503, "SlowDown", "Please reduce your request rate.");
      }
      case SKEWED -> {
        count(fault);
        refuse(
            exchange,
            request,
            403,
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large.");
      }
      case LOST -> {
        count(fault);
        forward(request, body);
      }
      case CUT -> {
        count(fault);
        cut(exchange, request, forward(request, body));
      }
      case DAMAGED -> damage(exchange, request, forward(request, body));
    }
  }

  private void count(StoreFault fault) {
    synchronized (counts) {
      counts.merge(fault, 1, Integer::sum);
    }
  }

  private HttpResponse<byte[]> forward(Request request, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder onward = HttpRequest.newBuilder(store.resolve(request.target()));
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!OWN.contains(name)) {
                onward.header(name, value);
              }
            });
    return http.send(
        onward.method(request.method(), HttpRequest.BodyPublishers.ofByteArray(body)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void copyHeaders(HttpExchange exchange, HttpResponse<byte[]> answer) {
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
  }

  private static void answer(HttpExchange exchange, Request request, HttpResponse<byte[]> answer)
      throws IOException {
    copyHeaders(exchange, answer);
    if (request.method().equals("HEAD")) {
      // Its length is that of the object, of which nothing comes.
      answer
          .headers()
          .firstValue("content-length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
      exchange.sendResponseHeaders(answer.statusCode(), -1);
      return;
    }
    byte[] body = answer.body();
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void refuse(
      HttpExchange exchange, Request request, int status, String code, String message)
      throws IOException {
    byte[] text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, message)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    boolean isHead = request.method().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : text.length);
    if (!isHead) {
      exchange.getResponseBody().write(text);
    }
  }

  private static void cut(HttpExchange exchange, Request request, HttpResponse<byte[]> answer)
      throws IOException {
    byte[] body = answer.body();
    if (body.length < 2 || request.method().equals("HEAD")) {
      return;
    }
    copyHeaders(exchange, answer);
    exchange.sendResponseHeaders(answer.statusCode(), body.length);
    OutputStream out = exchange.getResponseBody();
    out.write(body, 0, body.length / 2);
    out.flush();
  }

  private void damage(HttpExchange exchange, Request request, HttpResponse<byte[]> answer)
      throws IOException {
    boolean isTold =
        answer.headers().map().keySet().stream()
            .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amz-checksum-crc"));
    boolean isWhole = answer.statusCode() == 200 && request.method().equals("GET");
    if (isTold && isWhole && answer.body().length > 0) {
      count(StoreFault.DAMAGED);
      answer.body()[answer.body().length / 2] ^= 1;
    }
    answer(exchange, request, answer);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}
