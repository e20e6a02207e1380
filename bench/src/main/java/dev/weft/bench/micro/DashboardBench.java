package dev.weft.bench.micro;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a dashboard costs those who compute: without one, with one that nobody looks at, and with a
 * page open that reads all it is sent. Over arrays in chunks of the usual size, and over tasks that
 * do nothing, where every event counts most.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 20, time = 1)
@Fork(1)
public class DashboardBench {
  private static final long ELEMENTS = 32_000_000;
  private static final int CHUNK = 262_144;
  private static final int TASKS = 10_000;

  @Param({"none", "closed", "open"})
  String dashboard;

  private Session session;
  private NDArray numbers;
  private @Nullable Socket page;

  /** A session, and its page where there is one. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    SessionConfig config = SessionConfig.defaults();
    session = Session.open(dashboard.equals("none") ? config : config.withDashboard(0));
    numbers = session.random(1).uniform(ELEMENTS).rechunk(ChunkSpec.of(CHUNK)).persist();
    if (dashboard.equals("open")) {
      page = page(session.dashboard().orElseThrow());
    }
  }

  static Socket page(URI link) throws IOException {
    Socket socket = new Socket(link.getHost(), link.getPort());
    String request =
        "GET /events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(link.getPort(), link.getQuery().substring("token=".length()));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    Thread.ofVirtual().start(() -> drain(socket));
    return socket;
  }

  private static void drain(Socket socket) {
    try (InputStream in = socket.getInputStream()) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The bench is over.
      return;
    }
  }

  /** Gives all back. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    if (page != null) {
      page.close();
    }
    session.close();
  }

  /** 123 chunks of 2 MiB, read at the speed of memory. */
  @Benchmark
  public double arrays() {
    return numbers.square().add(1).sqrt().mean().toDouble();
  }

  /** 10,000 tasks that do nothing. */
  @Benchmark
  public long tasks() {
    return TrivialTasks.sum(session, TASKS);
  }
}
