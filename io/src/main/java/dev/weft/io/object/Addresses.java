package dev.weft.io.object;

import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths of what people write: {@code a.npy} is a file, {@code s3://bucket/a.npy} an object.
 *
 * <pre>{@code
 * NDArray a = session.load(Addresses.path("s3://bucket/a.zarr"));
 * a.mean(0).save(Addresses.path("s3://bucket/mean.npy"));
 * }</pre>
 */
public final class Addresses {
  private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9+.-]+)://.*");

  /** What {@code Path.of} makes of an address: a slash is missing. */
  private static final Pattern COLLAPSED = Pattern.compile("(s3|s3a|s3n|gs|https?):/[^/].*");

  private Addresses() {}

  /** Whether a text is an address of an object, and no path of a file. */
  public static boolean is(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /**
   * The path of a file or of an object. Neither is looked for.
   *
   * @throws UsageException when no module on the class path has the scheme
   * @throws java.nio.file.InvalidPathException when the text is no path, as from {@link Path#of}
   */
  public static Path path(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      return Path.of(text);
    }
    String scheme = address.group(1);
    for (FileSystemProvider provider : FileSystemProvider.installedProviders()) {
      if (provider instanceof ObjectFileSystemProvider objects
          && objects.getScheme().equals(scheme)) {
        return objects.path(text);
      }
    }
    throw unknown(scheme);
  }

  private static UsageException unknown(String scheme) {
    return new UsageException(
        switch (scheme) {
          case "s3" ->
              "s3://: the module for S3 is not on the class path; bundles leave it out. Add weft-s3 to it, or copy the object to a file first: aws s3 cp s3://BUCKET/KEY FILE";
          case "s3a", "s3n" ->
              "%s://: this is how Hadoop writes addresses of S3. Write s3://bucket/key"
                  .formatted(scheme);
          default ->
              "%s://: there is no store of this kind; paths of files and s3://bucket/key are read. Copy it to a file first"
                  .formatted(scheme);
        });
  }

  /**
   * Refuses what {@code Path.of("s3://bucket/key")} has made, in which a slash is missing.
   *
   * @throws UsageException saying what to call instead
   */
  public static void requireWhole(Path path) {
    if (!(path instanceof ObjectPath) && COLLAPSED.matcher(path.toString()).matches()) {
      throw new UsageException(
          "%s: Path.of makes a path of a file of this. Write Addresses.path(\"%s\")"
              .formatted(path, path.toString().replaceFirst(":/", "://")));
    }
  }
}
