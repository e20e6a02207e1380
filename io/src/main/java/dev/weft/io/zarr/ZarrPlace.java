package dev.weft.io.zarr;

import dev.weft.core.error.UsageException;
import dev.weft.io.ArrayName;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Replaced;
import dev.weft.io.object.ObjectPath;
import dev.weft.io.zarr.metadata.Nodes;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an array is to be written: a store, and a path in it, whose last part is the array and
 * whose other ones are groups.
 *
 * @param name as the user gave it
 * @param root the folder of the store, links followed
 * @param parts the names in it, none where the store is the array
 */
record ZarrPlace(ArrayName name, Path root, List<String> parts) {
  /**
   * A place that can be written to, as far as that can be told without writing.
   *
   * @throws UsageException when it cannot
   */
  static ZarrPlace of(ArrayName name, FileOperations operations) {
    Path root = linked(name);
    ZarrPlace place = new ZarrPlace(name, root, parts(name));
    if (root instanceof ObjectPath) {
      place.requireFree(operations);
      return place;
    }
    Path own = root.getFileName();
    if (own == null || own.toString().isEmpty()) {
      throw refused(name, "this is the root of a disk. Name a folder in it, such as result.zarr");
    }
    Path directory = directory(root);
    if (!Files.isDirectory(directory)) {
      throw refused(
          name,
          Files.exists(directory)
              ? "%s is not a directory. Write elsewhere".formatted(directory)
              : "directory %s does not exist. Create it first".formatted(directory));
    }
    if (!Files.isWritable(directory)) {
      throw refused(name, "writing is not permitted. Change the permissions or write elsewhere");
    }
    place.requireFree(operations);
    return place;
  }

  private static Path linked(ArrayName name) {
    try {
      return Replaced.target(name.file());
    } catch (IOException e) {
      throw refused(
          name,
          "the link cannot be followed: %s. Remove it, or write elsewhere"
              .formatted(AtomicFile.why(e)));
    }
  }

  static Path directory(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file.toAbsolutePath() : parent;
  }

  private static List<String> parts(ArrayName name) {
    if (name.inside().isEmpty()) {
      return List.of();
    }
    List<String> parts = List.of(name.inside().split("/", -1));
    for (String part : parts) {
      boolean plain = part.matches("[^\\x00-\\x1f\\\\]+") && !part.startsWith("__");
      if (!plain || part.startsWith(".") || part.equals(Nodes.VERSION_3)) {
        throw refused(
            name,
            "'%s' cannot name an array or a group. Use letters and digits, not '.' or '__' first"
                .formatted(part));
      }
    }
    return parts;
  }

  private static UsageException refused(ArrayName name, String reason) {
    return new UsageException("write %s: %s".formatted(name, reason));
  }

  /** The key of the first so many parts. */
  String key(int depth) {
    return String.join("/", parts.subList(0, depth));
  }

  /** How many groups are above the array. */
  int depth() {
    return parts.size();
  }

  /** The folder of the first so many parts, below the store or what becomes it. */
  Path folder(Path store, int depth) {
    Path folder = store;
    for (String part : parts.subList(0, depth)) {
      folder = folder.resolve(part);
    }
    return folder;
  }

  /** What is above the array must be groups of version 3, and in its place only an array. */
  private void requireFree(FileOperations operations) {
    Nodes nodes = new Nodes(Store.in(root, operations));
    for (int depth = 0; depth <= depth(); depth++) {
      Path folder = folder(root, depth);
      if (!Files.exists(folder) || isEmpty(folder)) {
        return;
      }
      if (!Files.isDirectory(folder)) {
        throw refused(name, "%s is a file, not a folder. Write elsewhere".formatted(folder));
      }
      Nodes.Node node = find(nodes, key(depth));
      if (depth < depth()) {
        requireGroup(folder, node);
      } else {
        requireReplaceable(folder, node);
      }
    }
  }

  private Nodes.@Nullable Node find(Nodes nodes, String key) {
    try {
      return nodes.find(key);
    } catch (IOException e) {
      throw refused(name, "what is there cannot be read: %s".formatted(AtomicFile.why(e)));
    }
  }

  private void requireGroup(Path folder, Nodes.@Nullable Node node) {
    if (node == null) {
      throw refused(name, "%s is no Zarr group, but has files. Write elsewhere".formatted(folder));
    }
    if (!node.isGroup()) {
      throw refused(
          name, "%s is an array, which holds no others. Write elsewhere".formatted(folder));
    }
    if (node.version() != 3) {
      throw refused(
          name,
          "%s is a group of Zarr version 2, and arrays are written as version 3. Write to a new store"
              .formatted(folder));
    }
  }

  /** In place of what is there nothing is put in object stores, where two steps would be seen. */
  UsageException isThereAlready() {
    return refused(
        name,
        "an array is there already, and is not replaced in an object store. Write elsewhere, or remove it first: aws s3 rm --recursive %s"
            .formatted(folder(root, depth())));
  }

  private void requireReplaceable(Path folder, Nodes.@Nullable Node node) {
    if (root instanceof ObjectPath && node != null && !node.isGroup()) {
      throw isThereAlready();
    }
    if (root instanceof ObjectPath
        && Files.exists(folder.resolve(ObjectDraft.CLAIM))
        && node == null) {
      // Whoever begins to write tells since when the place is taken.
      return;
    }
    if (node == null) {
      throw refused(name, "%s has files, and is no Zarr array. Write elsewhere".formatted(folder));
    }
    if (node.isGroup()) {
      throw refused(
          name,
          "%s is a group. Name an array in it, as in %s/NAME, or remove it first"
              .formatted(folder, folder));
    }
  }

  static boolean isEmpty(Path folder) {
    if (folder instanceof ObjectPath || !Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Groups that are there and hold the array, the outermost first. */
  List<Path> groups() {
    List<Path> groups = new ArrayList<>();
    for (int depth = 0; depth < depth() && isThere(depth); depth++) {
      groups.add(folder(root, depth));
    }
    return groups;
  }

  /** Whether something other than an empty folder is at the first so many parts. */
  boolean isThere(int depth) {
    Path folder = folder(root, depth);
    return Files.exists(folder) && !isEmpty(folder);
  }
}
