package dev.weft.s3;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.error.WeftException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What failures of requests mean, in the words of the AWS tools, and what to do. The texts of the
 * SDK are not passed on: nobody has promised that no key is in them.
 *
 * @param bucket asked for
 * @param endpoint where, for people
 * @param region which the client takes it to be in
 */
record Failures(String bucket, String endpoint, String region) {
  private static final Set<String> THROTTLED =
      Set.of(
          "SlowDown",
          "ServiceUnavailable",
          "RequestLimitExceeded",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "BandwidthLimitExceeded");

  private static final Set<String> ELSEWHERE =
      Set.of(
          "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException");

  /**
   * The failure of a request.
   *
   * @param what was done, such as {@code read s3://bucket/key}
   * @return a failure that may pass
   * @throws WeftException one that does not
   */
  IOException of(String what, SdkException failure) {
    if (failure instanceof S3Exception answer) {
      return answered(what, answer);
    }
    if (failure instanceof AbortedException) {
      return new InterruptedIOException("interrupted");
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("Unable to load credentials")) {
      throw new UsageException(
          "%s: no credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile that has some; aws configure makes one"
              .formatted(what));
    }
    if (message.contains("different checksum")) {
      return new IOException("what came has another checksum than the store says");
    }
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause instanceof UnknownHostException
        ? new IOException(
            "%s cannot be reached: there is no host of this name. Check AWS_ENDPOINT_URL_S3 and the network"
                .formatted(endpoint))
        : new IOException(
            "%s cannot be reached, or does not answer: %s. Check AWS_ENDPOINT_URL_S3 and the network"
                .formatted(endpoint, kind(cause)));
  }

  /** Only what kind of failure it was, with the texts that the JDK has for it. */
  private static String kind(Throwable cause) {
    boolean known = cause instanceof java.net.SocketException || cause instanceof IOException;
    String name = cause.getClass().getSimpleName();
    return known && cause.getMessage() != null && cause.getMessage().length() < 80
        ? name + " " + cause.getMessage()
        : name;
  }

  private IOException answered(String what, S3Exception answer) {
    int status = answer.statusCode();
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String there = region(details);
    // An answer to HEAD has no code.
    String told = code.isEmpty() || code.equals("" + status) ? "status " + status : code;
    if (ELSEWHERE.contains(code) || status == 301 || !there.isEmpty() && !there.equals(region)) {
      throw new UsageException(
          "%s: the bucket lies in another region than %s (%s). Set AWS_REGION=%s"
              .formatted(what, region, told, there.isEmpty() ? "REGION" : there));
    }
    if (THROTTLED.contains(code) || status == 503 || status == 429) {
      return new IOException(
          "the store is throttled (%s) and was asked %d times. Run fewer jobs at a time, or set AWS_MAX_ATTEMPTS higher"
              .formatted(told, answer.numAttempts() == null ? 1 : answer.numAttempts()));
    }
    if (status >= 500 && status != 501 || code.equals("RequestTimeout")) {
      return new IOException("the store has failed (%s)".formatted(told));
    }
    if (status == 412 || status == 416) {
      throw new DeviceException(
          "%s: the object was replaced while it was in use (%s). Results may mix old and new content, and are not given. Run again when nobody writes to it"
              .formatted(what, told));
    }
    throw refused(what, code, status, told);
  }

  private UsageException refused(String what, String code, int status, String told) {
    String reason =
        switch (code) {
          case "NoSuchBucket" ->
              "there is no bucket '%s' (NoSuchBucket). Check the name: aws s3 ls tells those that there are"
                  .formatted(bucket);
          case "NoSuchKey" -> "there is no such object (NoSuchKey). Check the key";
          case "InvalidAccessKeyId" ->
              "the store does not know the access key (InvalidAccessKeyId). Check AWS_ACCESS_KEY_ID or the profile, and AWS_ENDPOINT_URL_S3";
          case "SignatureDoesNotMatch" ->
              "the secret key is not that of the access key (SignatureDoesNotMatch). Check AWS_SECRET_ACCESS_KEY or the profile";
          case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
              "the session token is no longer valid (%s). Get a new one: aws sso login"
                  .formatted(code);
          case "RequestTimeTooSkewed", "RequestExpired" ->
              "the clock of this machine is wrong (%s). Set it: timedatectl set-ntp true"
                  .formatted(code);
          case "NotImplemented" ->
              "the store does not know this request (NotImplemented). Write to a file, and copy it: aws s3 cp";
          default ->
              status == 403
                  ? "access is denied (%s). Reading needs s3:GetObject and s3:ListBucket, writing s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload; without s3:ListBucket what is not there is denied too"
                      .formatted(told)
                  : "the store refuses the request (%s). Check address and endpoint"
                      .formatted(told);
        };
    return new UsageException("%s: %s".formatted(what, reason));
  }

  private static String region(@Nullable AwsErrorDetails details) {
    return details == null || details.sdkHttpResponse() == null
        ? ""
        : details
            .sdkHttpResponse()
            .firstMatchingHeader("x-amz-bucket-region")
            .map(name -> name.toLowerCase(Locale.ROOT))
            .orElse("");
  }
}
