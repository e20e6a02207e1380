package dev.weft.io.object;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Object stores of one scheme as the JDK's file systems, one for each bucket. To add a scheme,
 * extend this and name the class in {@code META-INF/services/java.nio.file.spi.FileSystemProvider};
 * it needs a public constructor without parameters.
 *
 * <p>Files are read. What would write them is refused: objects are written whole, through {@link
 * ObjectStore}.
 */
public abstract class ObjectFileSystemProvider extends FileSystemProvider {
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private final ConcurrentMap<String, ObjectFileSystem> systems = new ConcurrentHashMap<>();

  /**
   * Opens a bucket without asking the store.
   *
   * @param settings of the scheme's own, none for the usual places
   */
  protected abstract ObjectStore open(String bucket, Map<String, ?> settings);

  /** The path of an address, {@code scheme://bucket/key}; nothing in it stands for other signs. */
  public ObjectPath path(String address) {
    String start = getScheme() + "://";
    if (!address.startsWith(start)) {
      throw new IllegalArgumentException("no address of " + start);
    }
    String rest = address.substring(start.length());
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    return ObjectPath.of(system(bucket), true, slash < 0 ? "" : rest.substring(slash));
  }

  private ObjectFileSystem system(String bucket) {
    return systems.computeIfAbsent(bucket, name -> create(name, Map.of()));
  }

  private ObjectFileSystem create(@Nullable String bucket, Map<String, ?> settings) {
    if (bucket == null || !BUCKET.matcher(bucket).matches()) {
      // What is in its place may be a key, and is not told.
      throw new UsageException(
          "%s://: what follows names no bucket. Write %s://bucket/key, without credentials, which do not belong into addresses: give them by the environment or a profile"
              .formatted(getScheme(), getScheme()));
    }
    return new ObjectFileSystem(this, open(bucket, settings));
  }

  /** A file system with settings of its own, which {@link #getFileSystem} does not give. */
  @Override
  public ObjectFileSystem newFileSystem(URI uri, Map<String, ?> settings) {
    return create(uri.getRawAuthority(), settings);
  }

  @Override
  public ObjectFileSystem getFileSystem(URI uri) {
    return system(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
  }

  @Override
  public ObjectPath getPath(URI uri) {
    String key = Objects.requireNonNullElse(uri.getPath(), "");
    String inside = uri.getFragment() == null ? "" : "#" + uri.getFragment();
    return ObjectPath.of(getFileSystem(uri), true, key + inside);
  }

  private static ObjectPath own(Path path) {
    if (path instanceof ObjectPath own) {
      return own;
    }
    throw new ProviderMismatchException(path + " is no path of an object store");
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    for (OpenOption option : options) {
      if (option != StandardOpenOption.READ) {
        throw readOnly(path);
      }
    }
    ObjectPath object = own(path);
    StoredObject found = object.store().find(object.key());
    if (found == null) {
      throw new NoSuchFileException(path.toString());
    }
    return new ObjectChannel(object.store(), found);
  }

  private static UnsupportedOperationException readOnly(Path path) {
    return new UnsupportedOperationException(
        path + ": objects are not changed in place; they are written whole");
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    ObjectPath folder = own(path);
    String prefix = folder.key().isEmpty() ? "" : folder.key() + "/";
    ObjectStore.Listing listing = folder.store().list(prefix, false, Integer.MAX_VALUE);
    if (listing.isEmpty()) {
      throw new NoSuchFileException(path.toString());
    }
    List<Path> entries = new ArrayList<>();
    for (StoredObject object : listing.objects()) {
      add(folder, object.key().substring(prefix.length()), filter, entries);
    }
    for (String name : listing.folders()) {
      add(folder, name.substring(prefix.length(), name.length() - 1), filter, entries);
    }
    return ObjectDirectory.of(entries);
  }

  /** Markers of folders and empty names have no path. */
  private static void add(
      ObjectPath folder, String name, DirectoryStream.Filter<? super Path> filter, List<Path> to)
      throws IOException {
    if (!name.isEmpty()) {
      Path entry = folder.resolve(new ObjectPath(folder.getFileSystem(), false, List.of(name)));
      if (filter.accept(entry)) {
        to.add(entry);
      }
    }
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    attributes(own(path));
  }

  /** A failure is no IOException, which {@code Files.exists} would take for absence. */
  private static ObjectAttributes attributes(ObjectPath path) throws NoSuchFileException {
    try {
      return ObjectLookups.of(path, () -> found(path));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new DeviceException("read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static ObjectAttributes found(ObjectPath path) throws IOException {
    String key = path.key();
    StoredObject object = key.isEmpty() ? null : path.store().find(key);
    if (object != null) {
      return new ObjectAttributes(object);
    }
    if (path.store().list(key.isEmpty() ? "" : key + "/", false, 1).isEmpty() && !key.isEmpty()) {
      throw new NoSuchFileException(path.toString());
    }
    return new ObjectAttributes(null);
  }

  @Override
  @SuppressWarnings("unchecked") // The class is asked for.
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    if (type != BasicFileAttributes.class) {
      throw new UnsupportedOperationException("objects have no " + type.getSimpleName());
    }
    return (A) attributes(own(path));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException("attributes of objects are read by their class");
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return type == BasicFileAttributeView.class ? type.cast(new ObjectView(path)) : null;
  }

  /** What objects tell, and what cannot be changed of it. */
  private record ObjectView(Path path) implements BasicFileAttributeView {
    @Override
    public String name() {
      return "basic";
    }

    @Override
    public BasicFileAttributes readAttributes() throws IOException {
      return attributes(own(path));
    }

    @Override
    public void setTimes(
        @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created) {
      throw readOnly(path);
    }
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    return path.equals(other);
  }

  @Override
  public boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("nobody knows how much room a bucket has");
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) {
    throw readOnly(path);
  }

  @Override
  public void delete(Path path) {
    throw readOnly(path);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw readOnly(target);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) {
    throw readOnly(target);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw readOnly(path);
  }
}
