package dev.weft.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.store.S3Server;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code weft} as people call it, in a process of its own, told by the environment where to ask.
 */
class ObjectStoreCommandTest {
  private static final String SECRET = "oNlYfOrThIsTeStOfTheCommandLine000000000";

  @TempDir static Path home;
  private static S3Server server;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start();
    server.create("climate");
    server.put("climate", "in.csv", "a,b\n1,2.5\n2,4.5\n1,6.5\n".getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Standard output and error of a command, which must end as it is said. */
  private static String weft(int status, Map<String, String> more, String... words)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("logback"))
            .filter(entry -> !more.containsKey("WITHOUT_S3") || !isS3(entry))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Xlog:disable",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            "dev.weft.cli.Main"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_ENDPOINT_URL_S3", server.endpoint().toString());
    builder.environment().put("AWS_ACCESS_KEY_ID", "AKIDCOMMANDLINETEST1");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", SECRET);
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().put("AWS_CONFIG_FILE", home.resolve("none").toString());
    builder.environment().put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("none").toString());
    builder.environment().putAll(more);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(status);
    assertThat(output).doesNotContain(SECRET, "AKIDCOMMANDLINETEST1");
    return output;
  }

  private static boolean isS3(String entry) {
    return entry.contains("weft-s3") || entry.contains("/s3/target/classes");
  }

  @Test
  void arraysAreWrittenAndRead() throws Exception {
    Path events = home.resolve("events.json");
    weft(0, Map.of(), "run", "arange(1000.0).reshape(10, 100)", "-o", "s3://climate/a.zarr");
    String mean = weft(0, Map.of(), "run", "mean(a)", "a=s3://climate/a.zarr");
    assertThat(mean).contains("499.5");
    weft(0, Map.of(), "run", "a + 1", "a=s3://climate/a.zarr", "-o", "s3://climate/b.npy");
    assertThat(server.get("climate", "b.npy")).hasSize(128 + 8000);
    assertThat(weft(0, Map.of(), "ls", "s3://climate/a.zarr")).contains("(10, 100)");
    assertThat(weft(0, Map.of(), "info", "s3://climate/b.npy")).contains("s3://climate/b.npy");
    String trace =
        weft(0, Map.of(), "run", "sum(b)", "b=s3://climate/b.npy", "--trace", events.toString());
    assertThat(trace).contains("500500");
    assertThat(Files.readString(events)).doesNotContain(SECRET, "AKIDCOMMANDLINETEST1");
  }

  @Test
  void tablesAreWrittenAndRead() throws Exception {
    assertThat(weft(0, Map.of(), "table", "t.groupBy('a').sum()", "t=s3://climate/in.csv"))
        .contains("9.0");
    weft(
        0,
        Map.of(),
        "table",
        "t.filter(t.a == 1)",
        "t=s3://climate/in.csv",
        "-o",
        "s3://climate/out.parquet");
    assertThat(weft(0, Map.of(), "head", "s3://climate/out.parquet")).contains("6.5");
  }

  @Test
  void failuresSayWhatToDo() throws Exception {
    assertThat(weft(2, Map.of(), "run", "mean(a)", "a=s3://no-bucket/a.zarr"))
        .contains("there is no bucket 'no-bucket' (NoSuchBucket)");
    assertThat(weft(2, Map.of(), "run", "mean(a)", "a=s3://climate/none.zarr"))
        .contains("s3://climate/none.zarr does not exist");
    Map<String, String> nobody = Map.of("AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "");
    assertThat(weft(2, nobody, "run", "mean(a)", "a=s3://climate/a.zarr"))
        .contains("no credentials were found. Set AWS_ACCESS_KEY_ID");
    assertThat(weft(2, Map.of(), "run", "1+1", "-o", "s3://AKID:" + "se/cret@climate/a.npy"))
        .contains("without credentials, which do not belong into addresses")
        .doesNotContain("AKID:", "se/cret");
  }

  @Test
  void withoutTheModuleTheErrorNamesIt() throws Exception {
    assertThat(weft(2, Map.of("WITHOUT_S3", "1"), "run", "mean(a)", "a=s3://climate/a.zarr"))
        .contains("the module for S3 is not on the class path; bundles leave it out")
        .contains("aws s3 cp");
  }
}
