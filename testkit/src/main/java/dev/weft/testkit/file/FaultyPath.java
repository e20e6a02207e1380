package dev.weft.testkit.file;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A path of a {@link FaultyFileSystem}, which is written like that of the real one. */
final class FaultyPath implements Path {
  private final FaultyFileSystem system;
  private final Path real;

  FaultyPath(FaultyFileSystem system, Path real) {
    this.system = system;
    this.real = real;
  }

  /** The path in the real file system. */
  static Path real(Path path) {
    return path instanceof FaultyPath faulty ? faulty.real : path;
  }

  private FaultyPath of(Path other) {
    return new FaultyPath(system, other);
  }

  private @Nullable FaultyPath ofNullable(@Nullable Path other) {
    return other == null ? null : of(other);
  }

  @Override
  public FileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return real.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return ofNullable(real.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return ofNullable(real.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return ofNullable(real.getParent());
  }

  @Override
  public int getNameCount() {
    return real.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return of(real.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return of(real.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return real.startsWith(real(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return real.endsWith(real(other));
  }

  @Override
  public Path normalize() {
    return of(real.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return of(real.resolve(real(other)));
  }

  @Override
  public Path relativize(Path other) {
    return of(real.relativize(real(other)));
  }

  @Override
  public URI toUri() {
    return real.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return of(real.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    system.provider().checkAccess(this);
    return of(real.toRealPath(options));
  }

  @Override
  public File toFile() {
    return real.toFile();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    return real.register(watcher, events, modifiers);
  }

  @Override
  public int compareTo(Path other) {
    return real.compareTo(real(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FaultyPath path && path.system == system && path.real.equals(real);
  }

  @Override
  public int hashCode() {
    return Objects.hash(real);
  }

  @Override
  public String toString() {
    return real.toString();
  }
}
