package dev.weft.gpu.workload;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.WeftException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Weft's side of {@code bench/gpu/compare}: one workload for each line of standard input, {@code
 * WORKLOAD DTYPE N REPEAT FOLDER [NAME=EXTENT,EXTENT ...]}, and for each a few lines {@code NAME
 * VALUE}, ended by {@code done} or {@code error MESSAGE}. Each has a session of its own, which
 * gives all memory back.
 */
public final class SessionWorker {
  private final Function<SessionConfig, Session> sessions;
  private final String kind;

  /**
   * A worker.
   *
   * @param sessions opens a session
   * @param kind how the names of the devices begin whose kernels are timed
   */
  public SessionWorker(Function<SessionConfig, Session> sessions, String kind) {
    this.sessions = sessions;
    this.kind = kind;
  }

  /** {@code main DEVICE}, such as {@code cuda} or {@code cpu+cuda}. */
  public static void main(String[] arguments) throws IOException {
    String device = arguments[0];
    String kind = device.contains("cuda") ? "cuda" : "";
    new SessionWorker(config -> Session.open(config.withDevice(device)), kind)
        .serve(new InputStreamReader(System.in, StandardCharsets.UTF_8), System.out);
  }

  private void serve(InputStreamReader in, PrintStream out) throws IOException {
    BufferedReader lines = new BufferedReader(in);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      try {
        answer(line).forEach((name, value) -> out.println(name + " " + value));
        out.println("done");
      } catch (WeftException | IOException failure) {
        out.println("error " + String.valueOf(failure.getMessage()).replace('\n', ' '));
      }
      out.flush();
    }
  }

  /** Runs the workload of one request. */
  public Map<String, String> answer(String request) throws IOException {
    List<String> words = Arrays.asList(request.strip().split(" "));
    Map<String, long[]> shapes = new LinkedHashMap<>();
    for (String word : words.subList(5, words.size())) {
      String[] parts = word.split("=");
      shapes.put(parts[0], Arrays.stream(parts[1].split(",")).mapToLong(Long::parseLong).toArray());
    }
    DType dtype = words.get(1).equals("float32") ? DType.FLOAT32 : DType.FLOAT64;
    BusyTime busy = new BusyTime(kind);
    try (Session session = sessions.apply(SessionConfig.defaults().withListener(busy))) {
      return new WorkloadRun(
              session,
              busy,
              words.get(0),
              dtype,
              Integer.parseInt(words.get(2)),
              Integer.parseInt(words.get(3)))
          .run(Path.of(words.get(4)), shapes);
    }
  }
}
