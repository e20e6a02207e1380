package dev.weft.s3;

import dev.weft.io.object.ObjectFileSystemProvider;
import dev.weft.io.object.ObjectStore;
import java.util.Map;

/**
 * Buckets of S3 as file systems. Endpoint, region and credentials come from the usual places of the
 * AWS tools; a program may give its own:
 *
 * <pre>{@code
 * FileSystem bucket =
 *     FileSystems.newFileSystem(
 *         URI.create("s3://climate"),
 *         Map.of("endpoint", "http://localhost:9000", "region", "eu-central-1"));
 * NDArray t = session.load(bucket.getPath("s3://climate/t.zarr"));
 * }</pre>
 *
 * @see S3Settings for the names
 */
public final class S3FileSystemProvider extends ObjectFileSystemProvider {
  /** Found by {@link java.util.ServiceLoader}. */
  public S3FileSystemProvider() {}

  @Override
  public String getScheme() {
    return "s3";
  }

  @Override
  protected ObjectStore open(String bucket, Map<String, ?> settings) {
    return S3Store.open(bucket, S3Settings.of(settings));
  }
}
