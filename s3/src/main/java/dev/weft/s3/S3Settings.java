package dev.weft.s3;

import dev.weft.core.error.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * What a program may say of an object store itself. Where it says nothing, the environment and the
 * profile say it, as to all AWS tools.
 *
 * @param endpoint {@code endpoint}: where another server than AWS's listens
 * @param region {@code region}: where the bucket lies; us-east-1 where nobody says it
 * @param pathStyle {@code pathStyle}: whether the bucket is named in the path of requests, not in
 *     the host; else it is where the endpoint is another one than AWS's
 * @param credentials {@code credentials}: who asks
 * @param connections {@code connections}: so many requests at a time at most, 32
 * @param timeout {@code timeout}: how long an answer may keep silent, a minute
 * @param attempts {@code attempts}: how often a request is made before it has failed; else what
 *     {@code AWS_MAX_ATTEMPTS} says, or the SDK
 */
public record S3Settings(
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<Boolean> pathStyle,
    Optional<AwsCredentialsProvider> credentials,
    int connections,
    Duration timeout,
    Optional<Integer> attempts) {
  private static final int CONNECTIONS = 32;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  /**
   * Settings by their names.
   *
   * @throws UsageException when a name or a value is unknown
   */
  static S3Settings of(Map<String, ?> named) {
    Map<String, Object> rest = new HashMap<>(named);
    S3Settings settings =
        new S3Settings(
            take(rest, "endpoint", Object.class).map(S3Settings::endpoint),
            take(rest, "region", String.class),
            take(rest, "pathStyle", Boolean.class),
            take(rest, "credentials", AwsCredentialsProvider.class),
            take(rest, "connections", Integer.class).orElse(CONNECTIONS),
            take(rest, "timeout", Duration.class).orElse(TIMEOUT),
            take(rest, "attempts", Integer.class));
    if (!rest.isEmpty()) {
      throw new UsageException(
          "settings of S3: there is no %s; there are endpoint, region, pathStyle, credentials, connections, timeout and attempts"
              .formatted(rest.keySet()));
    }
    if (settings.connections < 1 || settings.attempts.orElse(1) < 1) {
      throw new UsageException("settings of S3: connections and attempts must be 1 or more");
    }
    return settings;
  }

  private static URI endpoint(Object text) {
    try {
      URI endpoint = new URI(text.toString());
      if (endpoint.getScheme() != null && endpoint.getScheme().matches("https?")) {
        return endpoint;
      }
    } catch (URISyntaxException e) {
      // Its message repeats the text, in which a password may be.
    }
    throw new UsageException(
        "settings of S3: endpoint is no address such as https://localhost:9000");
  }

  private static <T> Optional<T> take(Map<String, Object> from, String name, Class<T> type) {
    Object value = from.remove(name);
    if (value != null && !type.isInstance(value)) {
      // The value may be a secret in the wrong place.
      throw new UsageException(
          "settings of S3: %s must be of type %s, and is of %s"
              .formatted(name, type.getSimpleName(), value.getClass().getSimpleName()));
    }
    return Optional.ofNullable(type.cast(value));
  }

  /** Without credentials. */
  @Override
  public String toString() {
    return "S3Settings[endpoint=%s, region=%s, pathStyle=%s, connections=%d, timeout=%s, attempts=%s]"
        .formatted(
            endpoint.map(S3Settings::host), region, pathStyle, connections, timeout, attempts);
  }

  /** An endpoint without what a user or a password may be in. */
  static String host(URI endpoint) {
    return "%s://%s%s"
        .formatted(
            endpoint.getScheme(),
            endpoint.getHost() == null ? "…" : endpoint.getHost(),
            endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
  }
}
