package dev.weft.testkit.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Adobe's S3Mock in a process of its own, which ends with this JVM. It keeps objects as S3 does,
 * with conditional writes, ranges, checksums and multipart uploads; it does not look at
 * credentials. Needs {@code com.adobe.testing:s3mock} on the class path of the tests.
 */
public final class S3Server implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile("started on ports.* (\\d+) \\(http\\)");

  private final Process process;
  private final URI endpoint;
  private final HttpClient http = HttpClient.newHttpClient();

  private S3Server(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Starts one, which takes some seconds. */
  public static S3Server start() throws IOException {
    // Its log is by Logback: another binding of SLF4J would be in its way.
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("slf4j-nop"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    "com.adobe.testing.s3mock.S3MockApplication",
                    "--server.ssl.enabled=false",
                    "--server.port=0",
                    "--http.port=0"))
            .redirectErrorStream(true)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    StringBuilder log = new StringBuilder();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      log.append(line).append('\n');
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        Thread.ofVirtual().start(() -> drain(lines));
        return new S3Server(process, URI.create("http://localhost:" + started.group(1)));
      }
    }
    throw new IOException("S3Mock has not started:\n" + log);
  }

  /** A process whose output nobody reads stops at some time. */
  private static void drain(BufferedReader lines) {
    try {
      while (lines.readLine() != null) {
        continue;
      }
    } catch (IOException e) {
      // It has ended.
      return;
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /** Makes a bucket. */
  public void create(String bucket) {
    send(HttpRequest.newBuilder(endpoint.resolve("/" + bucket)), "PUT", new byte[0]);
  }

  /** Puts an object. */
  public void put(String bucket, String key, byte[] bytes) {
    send(HttpRequest.newBuilder(endpoint.resolve("/" + bucket + "/" + key)), "PUT", bytes);
  }

  /** The bytes of an object, as the server has them. */
  public byte[] get(String bucket, String key) {
    return send(
        HttpRequest.newBuilder(endpoint.resolve("/" + bucket + "/" + key)), "GET", new byte[0]);
  }

  /** All keys of a bucket, in their order. */
  public List<String> keys(String bucket) {
    return found("/" + bucket + "?list-type=2&max-keys=10000", "<Key>([^<]*)</Key>");
  }

  /** The keys for which multipart uploads are under way. */
  public List<String> uploads(String bucket) {
    return found("/" + bucket + "?uploads", "<Key>([^<]*)</Key>");
  }

  private List<String> found(String path, String pattern) {
    String text =
        new String(
            send(HttpRequest.newBuilder(endpoint.resolve(path)), "GET", new byte[0]),
            StandardCharsets.UTF_8);
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  private byte[] send(HttpRequest.Builder request, String method, byte[] body) {
    try {
      HttpResponse<byte[]> answer =
          http.send(
              request.method(method, HttpRequest.BodyPublishers.ofByteArray(body)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(
            "%s: %d %s"
                .formatted(
                    answer.uri(),
                    answer.statusCode(),
                    new String(answer.body(), StandardCharsets.UTF_8)));
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
