package dev.weft.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.event.JobEvent;
import dev.weft.core.watch.DashboardAddress;
import dev.weft.dashboard.state.SessionState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pages get what has happened, and nobody waits for them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StreamsTest {
  private static final int TASKS = 250_000;
  private static final int MOST_GROWTH = 8 << 20;

  private final LiveDashboard dashboard =
      new LiveDashboard(new TestSession(), DashboardAddress.ofPort(0));
  private final URI link = dashboard.link();

  @AfterEach
  void close() {
    dashboard.close();
  }

  /** A page that has asked for events and reads what it likes. */
  private Socket page() throws IOException {
    return page(link);
  }

  private static Socket page(URI link) throws IOException {
    Socket socket = new Socket(link.getHost(), link.getPort());
    String token = link.getQuery().substring("token=".length());
    String request =
        "GET /events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(link.getPort(), token);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** So many tasks start and end: twice as many events, and two more. */
  private void job(long number, int tasks) {
    long now = System.nanoTime();
    List<JobEvent.Kind> kinds = List.of(new JobEvent.Kind("work", tasks));
    dashboard.on(new JobEvent.TasksPlanned(number, now, kinds, tasks, 0));
    for (int task = 0; task < tasks; task++) {
      dashboard.on(new JobEvent.TaskStarted(number, now + task, 0, task, "cpu"));
      dashboard.on(new JobEvent.TaskFinished(number, now + task + 1, 0, task, "cpu", 1));
    }
    dashboard.on(new JobEvent.Finished(number, now + tasks, null));
  }

  /** The first snapshot in which so many tasks are done. */
  private static JsonNode snapshot(Socket page, long done) throws IOException {
    return snapshot(page, all -> all.at("/state/totals/tasksDone").asLong() >= done);
  }

  private static JsonNode snapshot(Socket page, Predicate<JsonNode> which) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(page.getInputStream(), StandardCharsets.UTF_8));
    boolean next = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (next && line.startsWith("data: ")) {
        JsonNode all = JsonMapper.shared().readTree(line.substring("data: ".length()));
        if (which.test(all)) {
          return all;
        }
      }
      next = line.equals("event: snapshot");
    }
    throw new IOException("the stream has ended");
  }

  private static long used() {
    // Twice: what finalisation of the first leaves goes with the second.
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void aMillionEventsLeaveNoTraceAndWaitForNoPage() throws IOException {
    try (Socket dead = page();
        Socket live = page()) {
      job(1, TASKS);
      assertThat(snapshot(live, TASKS).at("/state/totals/tasksDone").asLong()).isEqualTo(TASKS);
      long before = used();
      job(2, TASKS);
      job(3, TASKS);
      JsonNode all = snapshot(live, 3L * TASKS);
      assertThat(all.at("/state/totals/tasksDone").asLong()).isEqualTo(3L * TASKS);
      assertThat(all.at("/state/totals/events").asLong()).isEqualTo(6L * TASKS + 6);
      assertThat(all.at("/state/totals/tasksRunning").asLong()).isZero();
      long grown = used() - before;
      System.out.printf("%,d events later the heap has grown by %,d bytes%n", 4 * TASKS, grown);
      assertThat(grown).as("a trace of 16 bytes an event would be 16 MB").isLessThan(MOST_GROWTH);
      assertThat(dead.isConnected()).as("it has never read a byte").isTrue();
    }
  }

  @Test
  void aPageThatComesLateGetsTheNewestState() throws IOException {
    job(1, 10);
    try (Socket late = page()) {
      JsonNode all = snapshot(late, 10);
      assertThat(all.at("/state/history/0/state").asString()).isEqualTo("done");
      assertThat(all.at("/session/memory/0/limit").asLong()).isEqualTo(4_096);
    }
  }

  /** Nothing happens but time. */
  @Test
  void aTaskThatRunsIsToldOnceItHasRunForAWhile() throws IOException {
    List<JobEvent.Kind> kinds = List.of(new JobEvent.Kind("work", 2));
    try (Socket page = page()) {
      long now = System.nanoTime();
      dashboard.on(new JobEvent.TasksPlanned(7, now, kinds, 2, 0));
      dashboard.on(new JobEvent.TaskStarted(7, now, 0, 1, "cpu"));
      JsonNode all = snapshot(page, each -> each.at("/state/running").size() > 0);
      JsonNode running = all.at("/state/running/0");
      assertThat(running.get(0).asLong()).as("it has no number yet").isZero();
      assertThat(running.get(1).asLong()).isEqualTo(7);
      assertThat(running.get(3).asLong()).isEqualTo(1);
      assertThat(running.get(8).asDouble()).as("milliseconds so far").isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void aPageThatReadsNothingIsCutOff() throws Exception {
    SessionState state = new SessionState(List.of(), System.nanoTime());
    Broadcast broadcast = new Broadcast();
    Streams streams = new Streams(state, broadcast);
    Route events = Route.get("/events", (exchange, path) -> streams.serve(exchange));
    try (Server server = new Server(DashboardAddress.ofPort(0), List.of(events));
        Socket dead = page(server.link())) {
      // More than the system keeps for a connection: its thread waits in the middle of a write.
      broadcast.publish(new byte[64 << 20]);
      while (streams.count() == 0) {
        Thread.sleep(10);
      }
      long late = TimeUnit.SECONDS.toNanos(Streams.MOST_SECONDS + 1);
      streams.cutDead(System.nanoTime());
      assertThat(streams.count()).as("it has its time").isEqualTo(1);
      while (streams.count() > 0) {
        streams.cutDead(System.nanoTime() + late);
        Thread.sleep(10);
      }
      assertThat(dead.isClosed()).as("by the server, not from here").isFalse();
    }
  }

  @Test
  void theEndOfTheSessionIsTold() throws IOException {
    try (Socket page = page()) {
      snapshot(page, 0);
      dashboard.close();
      String rest = new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(rest).contains("event: end");
    }
  }
}
