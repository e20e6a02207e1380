package dev.weft.testkit.file;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;

/**
 * The file system of the machine under other paths, the calls of which fail as {@link FileFaults}
 * say. It knows which of the files that were opened by way of it are open still.
 *
 * <pre>{@code
 * FaultyFileSystem files = new FaultyFileSystem((call, file) -> {
 *   if (call == FileFaults.Call.READ) {
 *     throw new IOException("injected");
 *   }
 * });
 * session.load(files.path(folder.resolve("x.zarr")));
 * }</pre>
 */
public final class FaultyFileSystem extends FileSystem {
  private final FileSystem real = FileSystems.getDefault();
  private final FaultyProvider provider;

  /** The same files, with these faults. */
  public FaultyFileSystem(FileFaults faults) {
    this.provider = new FaultyProvider(real.provider(), this, faults);
  }

  /** The path here of a file of the machine. */
  public Path path(Path file) {
    return new FaultyPath(this, file);
  }

  /** Files and listings that are open. */
  public int open() {
    return provider.open();
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return real.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return real.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return real.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return path(real.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = real.getPathMatcher(pattern);
    return path -> matcher.matches(FaultyPath.real(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return real.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return real.newWatchService();
  }
}
