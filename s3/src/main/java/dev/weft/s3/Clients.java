package dev.weft.s3;

import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients of the SDK. */
final class Clients {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private Clients() {}

  /**
   * A client, which asks nobody yet.
   *
   * @throws UsageException when settings of the environment or of the profile cannot be used
   */
  static S3Client of(S3Settings settings) {
    try {
      S3Client client = builder(settings).build();
      Optional<URI> endpoint = endpoint(client);
      endpoint.ifPresent(Clients::requireHttp);
      boolean elsewhere = endpoint.isPresent();
      if (!settings.pathStyle().orElse(elsewhere)) {
        return client;
      }
      // Only a client tells which endpoint environment and profile have given.
      client.close();
      return builder(settings).forcePathStyle(true).build();
    } catch (RuntimeException e) {
      // The SDK throws any, plain ones too.
      // What is quoted comes from the settings, and may be a secret.
      String reason = String.valueOf(e.getMessage()).replaceAll("'[^']*'", "'…'");
      throw new UsageException(
          "S3: its settings cannot be used: %s. Check AWS_ENDPOINT_URL_S3, which begins with http:// or https://, AWS_PROFILE and ~/.aws/config"
              .formatted(reason));
    }
  }

  /** {@code localhost:9000} is an address of the scheme localhost. */
  private static void requireHttp(URI endpoint) {
    if (!String.valueOf(endpoint.getScheme()).matches("https?")) {
      throw new IllegalArgumentException("the endpoint is no address such as https://host:9000");
    }
  }

  /** Where it asks; empty where that is AWS. */
  static Optional<URI> endpoint(S3Client client) {
    return client.serviceClientConfiguration().endpointOverride();
  }

  private static S3ClientBuilder builder(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(settings.timeout()))
            .region(settings.region().map(Region::of).orElseGet(Clients::region));
    settings.endpoint().ifPresent(builder::endpointOverride);
    settings.credentials().ifPresent(builder::credentialsProvider);
    builder.overrideConfiguration(
        override ->
            override.retryStrategy(
                retries -> {
                  // Also where an answer that is no object breaks off, which the SDK gives up on.
                  retries.retryOnRootCauseInstanceOf(IOException.class);
                  settings.attempts().ifPresent(retries::maxAttempts);
                }));
    return builder;
  }

  /** As for the AWS tools; the metadata of a machine in the cloud is not waited for. */
  private static Region region() {
    try {
      return new AwsRegionProviderChain(
              new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
          .getRegion();
    } catch (SdkException none) {
      return Region.US_EAST_1;
    }
  }
}
