package dev.weft.io.object;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;

/** A bucket as a file system that is only read: it is written through {@link ObjectStore}. */
public final class ObjectFileSystem extends FileSystem {
  private final ObjectFileSystemProvider provider;
  private final ObjectStore store;
  private volatile boolean open = true;

  ObjectFileSystem(ObjectFileSystemProvider provider, ObjectStore store) {
    this.provider = provider;
    this.store = store;
  }

  /** What the bucket holds. */
  public ObjectStore store() {
    return store;
  }

  @Override
  public ObjectFileSystemProvider provider() {
    return provider;
  }

  /** Ends the connections. */
  @Override
  public void close() {
    open = false;
    store.close();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(ObjectPath.of(this, true, ""));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return Set.of("basic");
  }

  /** An address, also of another bucket, or names with {@code /} between. */
  @Override
  public ObjectPath getPath(String first, String... more) {
    String text = more.length == 0 ? first : first + "/" + String.join("/", more);
    String own = store.description();
    if (text.equals(own) || text.startsWith(own + "/")) {
      return ObjectPath.of(this, true, text.substring(own.length()));
    }
    return text.startsWith(provider.getScheme() + "://")
        ? provider.path(text)
        : ObjectPath.of(this, false, text);
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(Path.of(((ObjectPath) path).key()));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("objects have no owners that files have");
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException("object stores are not watched");
  }
}
