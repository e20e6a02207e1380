package dev.weft.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import dev.weft.io.ArrayFiles;
import dev.weft.io.object.Addresses;
import dev.weft.io.object.ObjectPath;
import dev.weft.io.object.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;

/** What people are told when a store refuses or does not answer. */
class S3FailuresTest {
  /** A store that answers everything in one way; secrets are in all that it says. */
  private static HttpServer refusing(int status, String code, String region) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] text =
        "<Error><Code>%s</Code><Message>You sent %s and %s</Message><AWSAccessKeyId>%s</AWSAccessKeyId></Error>"
            .formatted(code, Servers.KEY, Servers.SECRET, Servers.KEY)
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (!region.isEmpty()) {
              exchange.getResponseHeaders().set("x-amz-bucket-region", region);
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : text.length);
            if (!head) {
              exchange.getResponseBody().write(text);
            }
          }
        });
    server.start();
    return server;
  }

  private static URI endpoint(HttpServer server) {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | NoSuchBucket           |              | there is no bucket 'climate' (NoSuchBucket). Check the name: aws s3 ls
          403 | AccessDenied           |              | access is denied (AccessDenied). Reading needs s3:GetObject and s3:ListBucket
          403 | InvalidAccessKeyId     |              | does not know the access key (InvalidAccessKeyId). Check AWS_ACCESS_KEY_ID
          403 | SignatureDoesNotMatch  |              | the secret key is not that of the access key (SignatureDoesNotMatch). Check AWS_SECRET_ACCESS_KEY
          400 | ExpiredToken           |              | the session token is no longer valid (ExpiredToken). Get a new one: aws sso login
          403 | RequestTimeTooSkewed   |              | the clock of this machine is wrong (RequestTimeTooSkewed). Set it
          301 | PermanentRedirect      | eu-central-1 | the bucket lies in another region than us-east-1 (PermanentRedirect). Set AWS_REGION=eu-central-1
          400 | AuthorizationHeaderMalformed | eu-west-3 | the bucket lies in another region than us-east-1 (AuthorizationHeaderMalformed). Set AWS_REGION=eu-west-3
          503 | SlowDown               |              | the store is throttled (status 503) and was asked 2 times. Run fewer jobs at a time, or set AWS_MAX_ATTEMPTS higher
          500 | InternalError          |              | the store has failed (status 500)
          501 | NotImplemented         |              | the store refuses the request (status 501). Check address and endpoint
          418 | Teapot                 |              | the store refuses the request (Teapot). Check address and endpoint
          """)
  void answersAreExplained(int status, String code, String region, String text) throws IOException {
    HttpServer server = refusing(status, code, region == null ? "" : region);
    try (FileSystem bucket = Servers.bucket("climate", endpoint(server), Map.of("attempts", 2))) {
      Path zarr = Servers.path(bucket, "t.zarr");
      List<Throwable> failures = new ArrayList<>();
      failures.add(catchThrowable(() -> ArrayFiles.exists(zarr)));
      failures.add(catchThrowable(() -> ArrayFiles.source(zarr)));
      failures.add(catchThrowable(() -> ArrayFiles.target(zarr)));
      for (Throwable failure : failures) {
        assertThat(failure)
            .isInstanceOf(WeftException.class)
            .hasMessageContaining("s3://climate/t.zarr")
            .hasMessageContaining(text);
        assertNoSecrets(failure);
      }
    } finally {
      server.stop(0);
    }
  }

  /** Neither messages nor causes, which traces show. */
  private static void assertNoSecrets(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage())).doesNotContain(Servers.SECRET, Servers.KEY);
    }
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(Servers.SECRET, Servers.KEY);
  }

  @Test
  void anEndpointThatDoesNotListenIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    URI endpoint = URI.create("http://user:" + "password@localhost:" + port);
    try (FileSystem bucket = Servers.bucket("climate", endpoint, Map.of("attempts", 1))) {
      Throwable failure = catchThrowable(() -> ArrayFiles.source(Servers.path(bucket, "t.zarr")));
      assertThat(failure)
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("read s3://climate/t.zarr: http://localhost:" + port)
          .hasMessageContaining("cannot be reached")
          .hasMessageContaining("Check AWS_ENDPOINT_URL_S3");
      assertThat(failure.getMessage()).doesNotContain("password");
      assertNoSecrets(failure);
    }
  }

  @Test
  void aHostThatIsUnknownIsNamed() throws IOException {
    URI endpoint = URI.create("http://no-such-host.invalid");
    try (FileSystem bucket = Servers.bucket("climate", endpoint, Map.of("attempts", 1))) {
      assertThatThrownBy(() -> ArrayFiles.source(Servers.path(bucket, "t.zarr")))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("http://no-such-host.invalid cannot be reached: there is no host");
    }
  }

  @Test
  void missingCredentialsAreToldWithTheRemedy() throws IOException {
    var none =
        ProfileCredentialsProvider.builder()
            .profileFile(
                ProfileFile.builder()
                    .content(new ByteArrayInputStream(new byte[0]))
                    .type(ProfileFile.Type.CREDENTIALS)
                    .build())
            .build();
    var chain = AwsCredentialsProviderChain.of(none);
    try (FileSystem bucket =
        Servers.bucket("climate", Servers.server().endpoint(), Map.of("credentials", chain))) {
      assertThatThrownBy(() -> ArrayFiles.source(Servers.path(bucket, "t.zarr")))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "read s3://climate/t.zarr: no credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile that has some; aws configure makes one");
    }
  }

  /** Only answers to writes and reads can name what is wrong; those to HEAD have a number. */
  @Test
  void writesTellTheCode() throws IOException {
    for (var expected :
        Map.of(
                "NotImplemented", "the store does not know this request (NotImplemented)",
                "SlowDown", "the store is throttled (SlowDown) and was asked 1 times",
                "InternalError", "the store has failed (InternalError)")
            .entrySet()) {
      int status = expected.getKey().equals("NotImplemented") ? 501 : 503;
      HttpServer server =
          refusing(expected.getKey().equals("InternalError") ? 500 : status, expected.getKey(), "");
      try (FileSystem bucket = Servers.bucket("climate", endpoint(server), Map.of("attempts", 1))) {
        assertThatThrownBy(
                () ->
                    Servers.path(bucket, "x").store().put("x", MemorySegment.ofArray(new byte[3])))
            .hasMessageContaining(expected.getValue())
            .satisfies(failure -> assertNoSecrets(failure));
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void whatIsNotThereIsMissing() throws IOException {
    try (FileSystem bucket = Servers.bucket("missing")) {
      assertThat(ArrayFiles.exists(Servers.path(bucket, "none.npy"))).isFalse();
      assertThatThrownBy(() -> ArrayFiles.source(Servers.path(bucket, "none.npy")))
          .isInstanceOf(UsageException.class)
          .hasMessage("read s3://missing/none.npy: there is no such file. Check the path");
    }
    try (FileSystem bucket =
        Servers.bucket("no-such-bucket", Servers.server().endpoint(), Map.of())) {
      assertThatThrownBy(() -> ArrayFiles.source(Servers.path(bucket, "none.npy")))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("there is no bucket 'no-such-bucket'");
    }
  }

  @Test
  void anObjectThatIsReplacedWhileItIsReadIsNoticed() throws IOException {
    try (FileSystem bucket = Servers.bucket("replaced")) {
      ObjectPath path = Servers.path(bucket, "x");
      Servers.server().put("replaced", "x", new byte[100]);
      StoredObject found = path.store().find("x");
      Servers.server().put("replaced", "x", new byte[101]);
      assertThatThrownBy(() -> path.store().read(found, 0, MemorySegment.ofArray(new byte[100])))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining(
              "read s3://replaced/x: the object was replaced while it was in use");
    }
  }

  /** A chunk that is replaced between two reads of a job. */
  @Test
  void aChunkThatIsReplacedIsNoticed() throws IOException {
    try (FileSystem bucket = Servers.bucket("chunks");
        Session session = Session.open(SessionConfig.defaults().withDevice("reference"));
        HostArray one = session.arange(10).compute()) {
      Path zarr = Servers.path(bucket, "t.zarr");
      session.array(one.toLongArray()).save(zarr);
      try (var source = ArrayFiles.source(zarr)) {
        assertThat(session.array(source).sum().compute().item()).isEqualTo(45);
        Servers.server().put("chunks", "t.zarr/c.0", new byte[7]);
        assertThatThrownBy(source::requireIntact)
            .isInstanceOf(DeviceException.class)
            .hasMessageContaining("s3://chunks/t.zarr/c.0: the file was replaced by another one");
      }
    }
  }

  @Test
  void formatsThatAreMappedAreRefused() throws IOException {
    try (FileSystem bucket = Servers.bucket("mapped")) {
      Servers.server().put("mapped", "a.nc", new byte[] {'C', 'D', 'F', 1, 0, 0, 0, 0});
      assertThatThrownBy(() -> ArrayFiles.source(Servers.path(bucket, "a.nc")))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("are not read from an object store")
          .hasMessageContaining("aws s3 cp s3://mapped/a.nc FILE");
    }
  }

  @Test
  void settingsTellNoCredentials() {
    S3Settings settings =
        S3Settings.of(
            Map.of(
                "endpoint",
                URI.create("http://me:" + "pass-word@localhost:9000"),
                "credentials",
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(Servers.KEY, Servers.SECRET, "token"))));
    assertThat(settings.toString())
        .contains("http://localhost:9000")
        .doesNotContain(Servers.SECRET, Servers.KEY, "token", "pass-word");
    assertThatThrownBy(() -> S3Settings.of(Map.of("region", 3)))
        .isInstanceOf(UsageException.class)
        .hasMessage("settings of S3: region must be of type String, and is of Integer");
    assertThatThrownBy(() -> S3Settings.of(Map.of("regoin", Servers.SECRET)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no [regoin]; there are endpoint, region, pathStyle")
        .satisfies(failure -> assertNoSecrets(failure));
    assertThatThrownBy(() -> S3Settings.of(Map.of("connections", 0)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("must be 1 or more");
  }

  @Test
  void endpointsWithoutASchemeAreRefused() {
    for (String text :
        new String[] {"localhost:9000", "user:" + "pass-word@host:9000", "http://a b"}) {
      assertThatThrownBy(() -> S3Settings.of(Map.of("endpoint", text)))
          .isInstanceOf(UsageException.class)
          .hasMessage("settings of S3: endpoint is no address such as https://localhost:9000");
    }
  }

  /** The environment is told to the JVM by properties of the same meaning. */
  @Test
  void anEnvironmentThatCannotBeUsedIsTold() {
    for (String endpoint : List.of("localhost-9000", "localhost:9000")) {
      System.setProperty("aws.endpointUrlS3", endpoint);
      assertThatThrownBy(() -> Addresses.path("s3://other-bucket/x.npy"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("S3: its settings cannot be used")
          .hasMessageContaining("AWS_ENDPOINT_URL_S3, which begins with http:// or https://");
      System.clearProperty("aws.endpointUrlS3");
    }
  }

  @Test
  void settingsComeFromTheUsualPlaces() throws IOException {
    Servers.server().create("usual");
    Map<String, String> usual =
        Map.of(
            "aws.endpointUrlS3",
            Servers.server().endpoint().toString(),
            "aws.accessKeyId",
            Servers.KEY,
            "aws.secretAccessKey",
            Servers.SECRET,
            "aws.region",
            "eu-north-1");
    usual.forEach(System::setProperty);
    try {
      Servers.server().put("usual", "x", new byte[] {1, 2, 3});
      Path path = Addresses.path("s3://usual/x");
      assertThat(Files.readAllBytes(path)).containsExactly(1, 2, 3);
      assertThat(Path.of(URI.create("s3://usual/x"))).isEqualTo(path);
    } finally {
      usual.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void keysOfAllSignsAreThemselves() throws IOException {
    try (FileSystem bucket = Servers.bucket("signs");
        Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      for (String key : List.of("odd/a b+c.npy", "odd/50%25.npy", "odd/é&<>\"'.npy")) {
        session.arange(3).save(Servers.path(bucket, key));
        assertThat(session.load(Servers.path(bucket, key)).compute().toLongArray())
            .containsExactly(0, 1, 2);
      }
      assertThat(session.load(Servers.path(bucket, "odd/*.npy")).shape().toString())
          .isEqualTo("(3, 3)");
    }
  }
}
