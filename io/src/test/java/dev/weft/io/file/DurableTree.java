package dev.weft.io.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folders and files as a disk keeps them. A name is durable once its folder was forced, the content
 * of a file once the file was. What is done to names waits in the order in which it was done; after
 * a crash any of it may have reached the disk, a rename with both of its names or not at all.
 */
final class DurableTree {
  private final Path root;
  private final Node top;
  private final List<Change> waiting = new ArrayList<>();
  private boolean stopped;

  /** A folder or a file, whatever its name. */
  static final class Node {
    private final boolean isFolder;
    private final Map<String, Node> names = new LinkedHashMap<>();
    private final Map<String, Node> durable = new LinkedHashMap<>();
    private Path path;
    private byte @Nullable [] forced;
    private byte @Nullable [] now;
    private long mappedAt;
    private byte[] mapped = new byte[0];

    private Node(Path path, boolean isFolder) {
      this.path = path;
      this.isFolder = isFolder;
    }

    /** Writes to this part are not forced with the file, only by themselves. */
    void map(long offset, long size) {
      mappedAt = offset;
      mapped = new byte[(int) size];
    }

    void forceMapped(MemorySegment memory) {
      mapped = memory.toArray(ValueLayout.JAVA_BYTE);
    }

    void force() throws IOException {
      byte[] content = PowerLossFiles.bytes(path);
      System.arraycopy(mapped, 0, content, (int) mappedAt, mapped.length);
      forced = content;
    }

    private byte[] content() throws IOException {
      byte[] last = now;
      return last != null ? last : PowerLossFiles.bytes(path);
    }
  }

  /** Something that was done to names; {@code node} is null where the name went. */
  private record Name(Node folder, String name, @Nullable Node node) {}

  /** Names that change together. */
  private record Change(List<Name> names) {
    boolean isIn(Node folder) {
      return names.stream().anyMatch(name -> name.folder == folder);
    }

    void apply() {
      for (Name name : names) {
        if (name.node == null) {
          name.folder.durable.remove(name.name);
        } else {
          name.folder.durable.put(name.name, name.node);
        }
      }
    }
  }

  DurableTree(Path root) throws IOException {
    this.root = root;
    this.top = scan(root);
  }

  private static Node scan(Path path) throws IOException {
    Node node = new Node(path, Files.isDirectory(path));
    if (node.isFolder) {
      try (Stream<Path> entries = Files.list(path)) {
        for (Path entry : entries.toList()) {
          node.names.put(entry.getFileName().toString(), scan(entry));
        }
      }
      node.durable.putAll(node.names);
    } else {
      node.forced = PowerLossFiles.bytes(path);
    }
    return node;
  }

  /** The power fails: contents of files are what they are now. */
  synchronized void stop() throws IOException {
    if (!stopped) {
      stopped = true;
      keep(top);
    }
  }

  private static void keep(Node node) throws IOException {
    if (node.isFolder) {
      for (Node child : node.names.values()) {
        keep(child);
      }
    } else {
      node.now = PowerLossFiles.bytes(node.path);
    }
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** The node of a path; null when it is not below the root. */
  synchronized @Nullable Node find(Path path) {
    Node node = top;
    Path absolute = path.toAbsolutePath();
    if (!absolute.startsWith(root)) {
      return null;
    }
    for (Path name : root.relativize(absolute)) {
      node = name.toString().isEmpty() || node == null ? node : node.names.get(name.toString());
    }
    return node;
  }

  private Node folder(Path path) {
    Node folder = find(path.toAbsolutePath().getParent());
    if (folder == null) {
      throw new IllegalStateException(path + " is not in a folder of " + root);
    }
    return folder;
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private void change(Name... names) {
    for (Name name : names) {
      if (name.node == null) {
        name.folder.names.remove(name.name);
      } else {
        name.folder.names.put(name.name, name.node);
      }
    }
    waiting.add(new Change(List.of(names)));
  }

  synchronized void make(Path path, boolean isFolder) {
    change(new Name(folder(path), name(path), new Node(path.toAbsolutePath(), isFolder)));
  }

  /** The file is removed, but its bytes may still be found under this name. */
  synchronized void remember(Path path) throws IOException {
    Node node = folder(path).names.get(name(path));
    if (node != null && !node.isFolder) {
      node.now = PowerLossFiles.bytes(path);
    }
  }

  synchronized void delete(Path path) {
    change(new Name(folder(path), name(path), null));
  }

  synchronized void rename(Path from, Path to) {
    Node node = folder(from).names.get(name(from));
    change(new Name(folder(to), name(to), node), new Name(folder(from), name(from), null));
    moved(node, to.toAbsolutePath());
  }

  synchronized void exchange(Path one, Path other) {
    Node first = folder(one).names.get(name(one));
    Node second = folder(other).names.get(name(other));
    change(new Name(folder(one), name(one), second), new Name(folder(other), name(other), first));
    moved(first, other.toAbsolutePath());
    moved(second, one.toAbsolutePath());
  }

  private static void moved(Node node, Path to) {
    node.path = to;
    node.names.forEach((name, child) -> moved(child, to.resolve(name)));
  }

  /** What was done to names of this folder is durable, in the order in which it was done. */
  synchronized void forceNames(Path path) {
    Node folder = find(path);
    for (Change change : List.copyOf(waiting)) {
      if (folder != null && change.isIn(folder)) {
        change.apply();
        waiting.remove(change);
      }
    }
  }

  /** Chooses what reached the disk, and writes it to a folder. */
  synchronized void write(Path folder, SplittableRandom random) throws IOException {
    stop();
    int first = random.nextInt(waiting.size() + 1);
    boolean inOrder = random.nextBoolean();
    for (int i = 0; i < waiting.size(); i++) {
      if (inOrder ? i < first : random.nextBoolean()) {
        waiting.get(i).apply();
      }
    }
    write(top, folder, random, new HashMap<>());
  }

  private static void write(Node node, Path to, SplittableRandom random, Map<Node, byte[]> written)
      throws IOException {
    if (!node.isFolder) {
      byte[] content = written.get(node);
      if (content == null) {
        content = survived(node, random);
        written.put(node, content);
      }
      Files.write(to, content);
      return;
    }
    Files.createDirectory(to);
    for (Map.Entry<String, Node> entry : node.durable.entrySet()) {
      write(entry.getValue(), to.resolve(entry.getKey()), random, written);
    }
  }

  /** What was forced is there; else the file is empty, cut, full of zeros or has holes. */
  private static byte[] survived(Node node, SplittableRandom random) throws IOException {
    byte[] now = node.content();
    byte[] forced = node.forced;
    if (Arrays.equals(forced, now)) {
      return now;
    }
    return switch (random.nextInt(forced == null ? 5 : 6)) {
      case 0 -> new byte[0];
      case 1 -> Arrays.copyOf(now, random.nextInt(now.length + 1));
      case 2 -> new byte[now.length];
      case 3 -> now;
      case 4 -> {
        byte[] holes = now.clone();
        for (int block = 0; block < holes.length; block += 512) {
          if (random.nextBoolean()) {
            Arrays.fill(holes, block, Math.min(holes.length, block + 512), (byte) 0);
          }
        }
        yield holes;
      }
      default -> forced == null ? now : forced;
    };
  }
}
