package dev.weft.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Requests to one bucket, so many at a time at most. Safe for many threads. */
final class Requests implements AutoCloseable {
  private final S3Client client;
  private final Failures failures;
  private final Semaphore connections;

  Requests(S3Client client, Failures failures, int connections) {
    this.client = client;
    this.failures = failures;
    this.connections = new Semaphore(connections);
  }

  /**
   * Makes a request.
   *
   * @param what is done, for people, such as {@code read s3://bucket/key}
   */
  <T> T run(String what, Function<S3Client, T> request) throws IOException {
    try {
      return limited(request);
    } catch (SdkException e) {
      throw failures.of(what, e);
    }
  }

  /** The same; null where there is no such object. */
  <T> @Nullable T find(String what, Function<S3Client, T> request) throws IOException {
    try {
      return limited(request);
    } catch (S3Exception e) {
      if (e.statusCode() == 404 && !code(e).equals("NoSuchBucket")) {
        return null;
      }
      throw failures.of(what, e);
    } catch (SdkException e) {
      throw failures.of(what, e);
    }
  }

  /** The same of a write; false where there is an object, or another one is just being written. */
  boolean unlessThere(String what, Function<S3Client, ?> request) throws IOException {
    try {
      limited(request);
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == 412 || e.statusCode() == 409) {
        return false;
      }
      throw failures.of(what, e);
    } catch (SdkException e) {
      throw failures.of(what, e);
    }
  }

  /** What the store calls a failure; empty where it has told nothing but a number. */
  static String code(S3Exception e) {
    return e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null
        ? ""
        : e.awsErrorDetails().errorCode();
  }

  private <T> T limited(Function<S3Client, T> request) throws IOException {
    try {
      connections.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it waited for a connection");
    }
    try {
      return request.apply(client);
    } finally {
      connections.release();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
