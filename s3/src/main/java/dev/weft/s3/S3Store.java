package dev.weft.s3;

import dev.weft.io.object.ObjectStore;
import dev.weft.io.object.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket. Every request is tried again by the SDK, with growing and random pauses. */
final class S3Store implements ObjectStore {
  /** Keys of one request that lists, or removes. */
  private static final int PAGE = 1000;

  /** How often a write is tried that meets another one of the same key. */
  private static final int CONFLICTS = 5;

  private static final long NANOS = 1_000_000_000;

  private final String bucket;
  private final Requests requests;
  private final int connections;

  private S3Store(String bucket, Requests requests, int connections) {
    this.bucket = bucket;
    this.requests = requests;
    this.connections = connections;
  }

  /** A bucket, which is not asked for anything yet. */
  static S3Store open(String bucket, S3Settings settings) {
    S3Client client = Clients.of(settings);
    String region = client.serviceClientConfiguration().region().id();
    String endpoint =
        Clients.endpoint(client)
            .map(S3Settings::host)
            .orElse("https://s3.%s.amazonaws.com".formatted(region));
    Failures failures = new Failures(bucket, endpoint, region);
    return new S3Store(
        bucket, new Requests(client, failures, settings.connections()), settings.connections());
  }

  @Override
  public String description() {
    return "s3://" + bucket;
  }

  @Override
  public int connections() {
    return connections;
  }

  private String what(String verb, String key) {
    return "%s s3://%s/%s".formatted(verb, bucket, key);
  }

  @Override
  public @Nullable StoredObject find(String key) throws IOException {
    return requests.find(what("read", key), s3 -> head(s3, key));
  }

  private StoredObject head(S3Client s3, String key) {
    try {
      HeadObjectResponse found = s3.headObject(head -> head.bucket(bucket).key(key));
      return object(key, found.contentLength(), found.lastModified(), found.eTag());
    } catch (S3Exception e) {
      if (e.statusCode() == 404 || !Requests.code(e).isEmpty() || e.statusCode() >= 500) {
        throw e;
      }
      // An answer to this kind of request cannot say why it is refused; one to a GET does.
      return s3.getObject(
          get -> get.bucket(bucket).key(key).range("bytes=0-0"),
          unread(
              (answer, bytes) -> {
                String range = String.valueOf(answer.contentRange());
                long size = Long.parseLong(range.substring(range.indexOf('/') + 1));
                return object(key, size, answer.lastModified(), answer.eTag());
              }));
    }
  }

  private static StoredObject object(
      String key, @Nullable Long size, @Nullable Instant time, @Nullable String tag) {
    long modified = time == null ? 0 : time.getEpochSecond() * NANOS + time.getNano();
    return StoredObject.of(key, size == null ? 0 : size, modified, tag == null ? "" : tag);
  }

  @Override
  public @Nullable StoredObject get(String key, LongFunction<MemorySegment> room)
      throws IOException {
    return requests.find(
        what("read", key),
        s3 ->
            s3.getObject(
                get -> get.bucket(bucket).key(key).checksumMode(ChecksumMode.ENABLED),
                unread(
                    (answer, bytes) -> {
                      Bytes.receive(bytes, room.apply(answer.contentLength()));
                      return object(
                          key, answer.contentLength(), answer.lastModified(), answer.eTag());
                    })));
  }

  /** What is done with an answer. */
  @FunctionalInterface
  private interface Receiving<T> {
    T of(GetObjectResponse answer, InputStream bytes) throws IOException;
  }

  private static <T> ResponseTransformer<GetObjectResponse, T> unread(Receiving<T> receiving) {
    return (GetObjectResponse answer, AbortableInputStream bytes) -> receiving.of(answer, bytes);
  }

  @Override
  public void read(StoredObject object, long offset, MemorySegment target) throws IOException {
    if (target.byteSize() == 0) {
      return;
    }
    String range = "bytes=%d-%d".formatted(offset, offset + target.byteSize() - 1);
    StoredObject unused =
        requests.run(
            what("read", object.key()),
            s3 ->
                s3.getObject(
                    get ->
                        get.bucket(bucket)
                            .key(object.key())
                            .range(range)
                            .ifMatch(object.tag().isEmpty() ? null : object.tag()),
                    unread(
                        (answer, bytes) -> {
                          Bytes.receive(bytes, target);
                          return object;
                        })));
  }

  @Override
  public Listing list(String prefix, boolean deep, int most) throws IOException {
    List<StoredObject> objects = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    String next = null;
    do {
      ListObjectsV2Request page =
          ListObjectsV2Request.builder()
              .bucket(bucket)
              .prefix(prefix)
              .delimiter(deep ? null : "/")
              .maxKeys(Math.min(PAGE, most - objects.size() - folders.size()))
              .continuationToken(next)
              .build();
      ListObjectsV2Response answer =
          requests.run(what("list", prefix), s3 -> s3.listObjectsV2(page));
      answer
          .contents()
          .forEach(o -> objects.add(object(o.key(), o.size(), o.lastModified(), o.eTag())));
      answer.commonPrefixes().forEach(folder -> folders.add(folder.prefix()));
      next = answer.nextContinuationToken();
    } while (next != null && objects.size() + folders.size() < most);
    return new Listing(objects, folders);
  }

  @Override
  public void put(String key, MemorySegment value) throws IOException {
    requests.run(
        what("write", key),
        s3 -> s3.putObject(put -> put.bucket(bucket).key(key), Bytes.body(value)));
  }

  @Override
  public boolean putIfAbsent(String key, MemorySegment value) throws IOException {
    for (int conflict = 1; ; conflict++) {
      boolean done =
          requests.unlessThere(
              what("write", key),
              s3 ->
                  s3.putObject(
                      put -> put.bucket(bucket).key(key).ifNoneMatch("*"), Bytes.body(value)));
      if (done) {
        return true;
      }
      // An earlier attempt may have done it, whose answer was lost.
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment[] there = {MemorySegment.NULL};
        StoredObject found =
            get(
                key,
                size -> {
                  there[0] = arena.allocate(size);
                  return there[0];
                });
        if (found != null || conflict == CONFLICTS) {
          return found != null
              && there[0].byteSize() == value.byteSize()
              && there[0].mismatch(value) < 0;
        }
      }
    }
  }

  @Override
  public void delete(List<String> keys) throws IOException {
    for (int from = 0; from < keys.size(); from += PAGE) {
      List<ObjectIdentifier> some =
          keys.subList(from, Math.min(from + PAGE, keys.size())).stream()
              .map(key -> ObjectIdentifier.builder().key(key).build())
              .toList();
      String what = what("remove", some.getFirst().key());
      DeleteObjectsResponse answer =
          requests.run(
              what,
              s3 ->
                  s3.deleteObjects(
                      remove -> remove.bucket(bucket).delete(all -> all.objects(some))));
      if (!answer.errors().isEmpty()) {
        throw new IOException(
            "%s: %d objects cannot be removed (%s)"
                .formatted(what, answer.errors().size(), answer.errors().getFirst().code()));
      }
    }
  }

  @Override
  public Upload upload(String key) throws IOException {
    return Multipart.begin(requests, bucket, key);
  }

  @Override
  public void close() {
    requests.close();
  }
}
