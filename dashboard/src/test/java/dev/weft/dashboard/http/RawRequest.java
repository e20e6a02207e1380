package dev.weft.dashboard.http;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Requests by hand: attackers send what clients of the JDK refuse to, such as a false Host.
 *
 * @param status the number of the answer
 * @param headers in lower case
 */
record RawRequest(int status, Map<String, List<String>> headers, String body) {
  private static final int TIMEOUT_MILLIS = 60_000;

  /** Sends lines of headers, and reads the answer until the connection ends. */
  static RawRequest send(URI to, String method, String path, List<String> headers)
      throws IOException {
    try (Socket socket = new Socket(to.getHost(), to.getPort())) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      List<String> lines = new ArrayList<>();
      lines.add(method + " " + path + " HTTP/1.1");
      lines.addAll(headers);
      lines.add("Connection: close");
      lines.add("Content-Length: 0");
      lines.add("");
      lines.add("");
      socket
          .getOutputStream()
          .write(String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static RawRequest parse(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    List<String> lines = answer.substring(0, end).lines().toList();
    Map<String, List<String>> headers =
        lines.stream()
            .skip(1)
            .map(line -> line.split(": ", 2))
            .collect(
                Collectors.groupingBy(
                    pair -> pair[0].toLowerCase(java.util.Locale.ROOT),
                    Collectors.mapping(pair -> pair[1], Collectors.toList())));
    return new RawRequest(
        Integer.parseInt(lines.getFirst().split(" ")[1]), headers, answer.substring(end + 4));
  }

  String header(String name) {
    return String.join(", ", headers.getOrDefault(name, List.of()));
  }
}
