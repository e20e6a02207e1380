package dev.weft.testkit.file;

import dev.weft.testkit.file.FileFaults.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The calls of a {@link FaultyFileSystem}. */
final class FaultyProvider extends FileSystemProvider {
  private final FileSystemProvider real;
  private final FaultyFileSystem system;
  private final FileFaults faults;
  private final AtomicInteger open = new AtomicInteger();

  FaultyProvider(FileSystemProvider real, FaultyFileSystem system, FileFaults faults) {
    this.real = real;
    this.system = system;
    this.faults = faults;
  }

  int open() {
    return open.get();
  }

  /** The real path, after what was planned for this call. */
  private Path before(Call call, Path path) throws IOException {
    Path file = FaultyPath.real(path);
    faults.before(call, file);
    return file;
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Path file = before(Call.OPEN, path);
    FileChannel channel = real.newFileChannel(file, options, attributes);
    open.incrementAndGet();
    return new FaultyChannel(channel, call -> faults.before(call, file), open::decrementAndGet);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Path file = before(Call.LIST, folder);
    DirectoryStream<Path> stream =
        real.newDirectoryStream(file, entry -> filter.accept(system.path(entry)));
    open.incrementAndGet();
    return new FaultyListing(
        stream, system::path, () -> faults.before(Call.LIST, file), open::decrementAndGet);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    real.createDirectory(before(Call.CREATE, folder), attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    real.createSymbolicLink(before(Call.CREATE, link), FaultyPath.real(target), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    real.createLink(before(Call.CREATE, link), FaultyPath.real(existing));
  }

  @Override
  public void delete(Path path) throws IOException {
    real.delete(before(Call.DELETE, path));
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    return real.deleteIfExists(before(Call.DELETE, path));
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) throws IOException {
    real.copy(before(Call.READ, from), FaultyPath.real(to), options);
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    real.move(before(Call.RENAME, from), FaultyPath.real(to), options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return real.isSameFile(before(Call.ATTRIBUTES, one), FaultyPath.real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(FaultyPath.real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(FaultyPath.real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(before(Call.ATTRIBUTES, path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(FaultyPath.real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(before(Call.ATTRIBUTES, path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return real.readAttributes(before(Call.ATTRIBUTES, path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    real.setAttribute(before(Call.ATTRIBUTES, path), attribute, value, options);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return system.path(real.readSymbolicLink(before(Call.ATTRIBUTES, link)));
  }
}
