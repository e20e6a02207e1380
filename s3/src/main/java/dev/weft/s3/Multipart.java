package dev.weft.s3;

import dev.weft.io.object.ObjectStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** A multipart upload. */
final class Multipart implements ObjectStore.Upload {
  private final Requests requests;
  private final String bucket;
  private final String key;
  private final String id;
  private final ConcurrentSkipListMap<Integer, Part> parts = new ConcurrentSkipListMap<>();

  private record Part(CompletedPart done, long bytes) {}

  private Multipart(Requests requests, String bucket, String key, String id) {
    this.requests = requests;
    this.bucket = bucket;
    this.key = key;
    this.id = id;
  }

  static Multipart begin(Requests requests, String bucket, String key) throws IOException {
    String id =
        requests.run(
            "write s3://%s/%s".formatted(bucket, key),
            s3 -> s3.createMultipartUpload(create -> create.bucket(bucket).key(key)).uploadId());
    return new Multipart(requests, bucket, key, id);
  }

  private String what() {
    return "write s3://%s/%s".formatted(bucket, key);
  }

  @Override
  public void part(int number, MemorySegment bytes) throws IOException {
    UploadPartResponse answer =
        requests.run(
            what(),
            s3 ->
                s3.uploadPart(
                    part -> part.bucket(bucket).key(key).uploadId(id).partNumber(number),
                    Bytes.body(bytes)));
    CompletedPart done =
        CompletedPart.builder()
            .partNumber(number)
            .eTag(answer.eTag())
            .checksumCRC32(answer.checksumCRC32())
            .build();
    parts.put(number, new Part(done, bytes.byteSize()));
  }

  @Override
  public void complete() throws IOException {
    List<CompletedPart> all = parts.values().stream().map(Part::done).toList();
    requests.run(
        what(),
        s3 -> {
          complete(s3, all);
          return true;
        });
  }

  private void complete(S3Client s3, List<CompletedPart> all) {
    try {
      s3.completeMultipartUpload(
          complete ->
              complete
                  .bucket(bucket)
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(upload -> upload.parts(all)));
    } catch (NoSuchUploadException e) {
      // It is no longer under way where an earlier attempt has completed it, whose answer was lost.
      if (!isThere(s3, all.size())) {
        throw e;
      }
    }
  }

  private boolean isThere(S3Client s3, int count) {
    try {
      var found = s3.headObject(head -> head.bucket(bucket).key(key));
      long bytes = parts.values().stream().mapToLong(Part::bytes).sum();
      return found.contentLength() == bytes
          && String.valueOf(found.eTag()).replace("\"", "").endsWith("-" + count);
    } catch (SdkException e) {
      return false;
    }
  }

  @Override
  public void abort(@Nullable Throwable cause) {
    try {
      requests.run(
          what(),
          s3 -> s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(id)));
    } catch (IOException | RuntimeException e) {
      if (cause != null) {
        cause.addSuppressed(e);
      }
    }
  }
}
