package dev.weft.io.object;

import dev.weft.core.error.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key of a bucket as a path: {@code s3://bucket/a/b}. Beginnings of keys up to a {@code /} are
 * its folders.
 */
public final class ObjectPath implements Path {
  private final ObjectFileSystem system;
  private final boolean absolute;
  private final List<String> names;

  ObjectPath(ObjectFileSystem system, boolean absolute, List<String> names) {
    this.system = system;
    this.absolute = absolute;
    this.names = List.copyOf(names);
  }

  /**
   * A path of names with {@code /} between, absolute or not.
   *
   * @throws UsageException when a name is empty
   */
  static ObjectPath of(ObjectFileSystem system, boolean absolute, String key) {
    String inner = key.startsWith("/") ? key.substring(1) : key;
    inner = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    List<String> names = inner.isEmpty() ? List.of() : Arrays.asList(inner.split("/", -1));
    if (names.contains("")) {
      throw new UsageException(
          "%s/%s: two slashes follow each other, and no name of a key may be empty. Check the address"
              .formatted(system.store().description(), inner));
    }
    return new ObjectPath(system, absolute, names);
  }

  /** The object store of a path; null for one of files. */
  public static @Nullable ObjectPath in(Path path) {
    return path instanceof ObjectPath object ? object : null;
  }

  /** Where the object is. */
  public ObjectStore store() {
    return system.store();
  }

  /** The key, without a slash at its ends. */
  public String key() {
    return String.join("/", names);
  }

  @Override
  public ObjectFileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable ObjectPath getRoot() {
    return absolute ? new ObjectPath(system, true, List.of()) : null;
  }

  @Override
  public @Nullable ObjectPath getFileName() {
    return names.isEmpty() ? null : new ObjectPath(system, false, List.of(names.getLast()));
  }

  @Override
  public @Nullable ObjectPath getParent() {
    return names.isEmpty() || !absolute && names.size() == 1
        ? null
        : new ObjectPath(system, absolute, names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public ObjectPath getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public ObjectPath subpath(int from, int to) {
    if (from < 0 || to > names.size() || from >= to) {
      throw new IllegalArgumentException("names %d to %d of %s".formatted(from, to, this));
    }
    return new ObjectPath(system, false, names.subList(from, to));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof ObjectPath path
        && path.system == system
        && path.absolute == absolute
        && names.size() >= path.names.size()
        && names.subList(0, path.names.size()).equals(path.names);
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(other instanceof ObjectPath path) || path.system != system) {
      return false;
    }
    int from = names.size() - path.names.size();
    return path.absolute
        ? equals(path)
        : from >= 0 && names.subList(from, names.size()).equals(path.names);
  }

  @Override
  public ObjectPath normalize() {
    List<String> kept = new ArrayList<>();
    for (String name : names) {
      if (name.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
        kept.removeLast();
      } else if (!name.equals(".") && !(name.equals("..") && absolute)) {
        kept.add(name);
      }
    }
    return new ObjectPath(system, absolute, kept);
  }

  @Override
  public ObjectPath resolve(Path other) {
    ObjectPath path = own(other);
    if (path.absolute) {
      return path;
    }
    List<String> all = new ArrayList<>(names);
    all.addAll(path.names);
    return new ObjectPath(system, absolute, all);
  }

  private static ObjectPath own(Path other) {
    if (other instanceof ObjectPath path) {
      return path;
    }
    throw new ProviderMismatchException(other + " is no path of an object store");
  }

  @Override
  public ObjectPath relativize(Path other) {
    ObjectPath path = own(other);
    if (path.absolute != absolute || path.system != system) {
      throw new IllegalArgumentException("%s and %s have no root in common".formatted(this, other));
    }
    int common = 0;
    while (common < Math.min(names.size(), path.names.size())
        && names.get(common).equals(path.names.get(common))) {
      common++;
    }
    List<String> way = new ArrayList<>();
    for (int i = common; i < names.size(); i++) {
      way.add("..");
    }
    way.addAll(path.names.subList(common, path.names.size()));
    return new ObjectPath(system, false, way);
  }

  @Override
  public URI toUri() {
    URI root = URI.create(system.store().description());
    try {
      return new URI(root.getScheme(), root.getAuthority(), "/" + key(), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ObjectPath toAbsolutePath() {
    return absolute ? this : new ObjectPath(system, true, names);
  }

  @Override
  public ObjectPath toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException("object stores are not watched");
  }

  @Override
  public int compareTo(Path other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ObjectPath path
        && path.system == system
        && path.absolute == absolute
        && path.names.equals(names);
  }

  @Override
  public int hashCode() {
    return Objects.hash(system, absolute, names);
  }

  @Override
  public String toString() {
    return absolute ? system.store().description() + "/" + key() : key();
  }
}
