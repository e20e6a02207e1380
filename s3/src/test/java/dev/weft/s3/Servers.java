package dev.weft.s3;

import dev.weft.io.object.ObjectPath;
import dev.weft.testkit.store.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The server of all tests of this module, and buckets in it as file systems. */
final class Servers {
  static final String KEY = "AKIDWEFTTESTEXAMPLE1";
  static final String SECRET = "wEfTsEcReT/oFtEsTs+nOtToBeToLd0123456789";

  /** One for all: it takes five seconds to start. */
  private static final class Shared {
    static final S3Server SERVER = start();

    private static S3Server start() {
      try {
        return S3Server.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Servers() {}

  static S3Server server() {
    return Shared.SERVER;
  }

  /** A bucket of its own for a test, made here. */
  static FileSystem bucket(String name) {
    server().create(name);
    return bucket(name, server().endpoint(), Map.of());
  }

  /** A bucket at an endpoint. */
  static FileSystem bucket(String name, URI endpoint, Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("endpoint", endpoint);
    settings.put("region", "us-east-1");
    settings.put(
        "credentials", StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)));
    settings.putAll(more);
    return new S3FileSystemProvider().newFileSystem(URI.create("s3://" + name), settings);
  }

  static ObjectPath path(FileSystem bucket, String key) {
    return (ObjectPath)
        bucket.getPath(((ObjectPath) bucket.getPath("")).store().description() + "/" + key);
  }
}
