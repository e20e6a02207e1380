package dev.weft.io.zarr;

import dev.weft.core.error.UsageException;
import dev.weft.io.Resumption;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import dev.weft.io.zarr.FinishedChunks.Chunk;
import dev.weft.io.zarr.FinishedChunks.Content;
import dev.weft.io.zarr.codec.Crc32c;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A store that is being written, in a folder that outlives an interrupted job: {@code
 * .<name>.weft-resume-<number>.tmp} beside its place. It holds what becomes the store, the list of
 * the chunks that are complete, and a file that is locked as long as a process writes.
 *
 * <p>Nothing is taken over on trust: a chunk counts as complete when its file has the size and the
 * checksum that the list says. So neither the list nor chunks need be flushed before the end.
 */
final class UnfinishedStore implements AutoCloseable {
  private static final int NAME_LENGTH = 50;
  private static final String LIST = "finished";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileOperations operations;
  private final FileChannel lock;
  private final FinishedChunks list;
  private final Set<String> complete;

  private UnfinishedStore(
      Path folder,
      FileOperations operations,
      FileChannel lock,
      FinishedChunks list,
      Set<String> complete) {
    this.folder = folder;
    this.operations = operations;
    this.lock = lock;
    this.list = list;
    this.complete = complete;
  }

  /** The folder of an unfinished array; one for each array of a store. */
  private static Path folder(ZarrPlace place) {
    String name = String.valueOf(place.root().toAbsolutePath().getFileName());
    CRC32C number = new CRC32C();
    number.update((name + "#" + place.key(place.depth())).getBytes(StandardCharsets.UTF_8));
    String begin = name.substring(0, Math.min(name.length(), NAME_LENGTH));
    return ZarrPlace.directory(place.root())
        .resolve(".%s.weft-resume-%08x.tmp".formatted(begin, (int) number.getValue()));
  }

  private static Path store(Path folder) {
    return folder.resolve(folder.getFileName());
  }

  /**
   * Begins an array, or goes on with what an interrupted job has left.
   *
   * @throws UsageException when another process is writing it
   */
  static UnfinishedStore open(ZarrPlace place, Resumption job, FileOperations operations)
      throws IOException {
    Path folder = folder(place);
    if (!Files.exists(folder)) {
      operations.createFolder(folder);
    }
    FileChannel lock = lock(folder, operations);
    if (lock == null) {
      throw new UsageException(
          "write %s: another process is writing it. Wait for that, or write elsewhere"
              .formatted(place.name()));
    }
    try {
      return goOn(place, folder, lock, job, operations);
    } catch (IOException | RuntimeException | Error e) {
      operations.release(lock);
      throw e;
    }
  }

  private static UnfinishedStore goOn(
      ZarrPlace place, Path folder, FileChannel lock, Resumption job, FileOperations operations)
      throws IOException {
    Path file = folder.resolve(LIST);
    Path store = store(folder);
    Map<String, String> facts = FinishedChunks.plain(job.facts());
    Set<String> complete = Set.of();
    boolean same = false;
    if (Files.exists(file)) {
      Content found = FinishedChunks.read(file);
      same = found.facts().equals(facts);
      if (same) {
        complete = verified(store, found.chunks(), operations);
        job.told()
            .accept(
                "go on with %s: %,d chunks are complete".formatted(place.name(), complete.size()));
      } else {
        job.told()
            .accept("start %s anew: %s".formatted(place.name(), difference(found.facts(), facts)));
        operations.delete(file);
      }
    }
    clean(store, complete, operations);
    FinishedChunks list =
        same
            ? FinishedChunks.append(file, operations)
            : FinishedChunks.create(file, job.facts(), operations);
    return new UnfinishedStore(folder, operations, lock, list, complete);
  }

  /** The first fact that differs. */
  private static String difference(Map<String, String> before, Map<String, String> now) {
    if (before.isEmpty()) {
      return "what the interrupted job was is not known";
    }
    for (Map.Entry<String, String> fact : now.entrySet()) {
      String old = before.get(fact.getKey());
      if (!fact.getValue().equals(old)) {
        return "%s was %s, and is %s".formatted(fact.getKey(), old, fact.getValue());
      }
    }
    return "the interrupted job had other inputs";
  }

  /** Null when another process, or another target of this one, holds the folder. */
  private static @Nullable FileChannel lock(Path folder, FileOperations operations)
      throws IOException {
    FileChannel channel =
        operations.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      operations.release(channel);
      return null;
    }
    operations.release(channel);
    return null;
  }

  /** The keys of the chunks whose bytes are as the list says. */
  private static Set<String> verified(
      Path store, Map<String, Chunk> chunks, FileOperations operations) throws IOException {
    Set<String> complete = new HashSet<>();
    for (Map.Entry<String, Chunk> entry : chunks.entrySet()) {
      Chunk chunk = entry.getValue();
      Path file = store.resolve(entry.getKey());
      boolean there = Files.isRegularFile(file);
      if (chunk.size() == 0 ? !there : there && isAs(chunk, file, operations)) {
        complete.add(entry.getKey());
      }
    }
    return complete;
  }

  private static boolean isAs(Chunk chunk, Path file, FileOperations operations)
      throws IOException {
    boolean[] same = {false};
    operations.closing(
        operations.open(file, StandardOpenOption.READ),
        channel -> {
          long size = operations.size(channel);
          if (size == chunk.size()) {
            try (Arena arena = Arena.ofConfined()) {
              MemorySegment bytes = operations.map(channel, MapMode.READ_ONLY, 0, size, arena);
              same[0] = Crc32c.sum(bytes) == chunk.sum();
            }
          }
        });
    return same[0];
  }

  /** Leaves nothing but complete chunks. */
  private static void clean(Path store, Set<String> complete, FileOperations operations)
      throws IOException {
    if (!Files.exists(store)) {
      operations.createFolder(store);
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(store)) {
      files = all.filter(file -> !Files.isDirectory(file)).toList();
    }
    for (Path file : files) {
      if (!complete.contains(store.relativize(file).toString().replace('\\', '/'))) {
        operations.delete(file);
      }
    }
  }

  /** What becomes the store. */
  Path store() {
    return store(folder);
  }

  /** Whether an earlier job has completed a chunk. */
  boolean has(String key) {
    return complete.contains(key);
  }

  /** A chunk was put, or left out. */
  void finished(String key, long size, int sum) throws IOException {
    list.add(key, new Chunk(size, sum));
  }

  /** Leaves all as it is, for another job to go on. */
  @Override
  public void close() {
    list.close();
    operations.release(lock);
  }

  /** The array has its name: nothing is left of all this. */
  void remove() {
    list.close();
    ZarrCommit.remove(folder, operations, null);
    operations.release(lock);
  }

  /** Removes what an interrupted job has left, unless it is being written. */
  static void discard(ZarrPlace place, FileOperations operations) throws IOException {
    Path folder = folder(place);
    if (!Files.exists(folder)) {
      return;
    }
    FileChannel lock = lock(folder, operations);
    if (lock != null) {
      try {
        Trees.delete(folder, operations);
      } finally {
        operations.release(lock);
      }
    }
  }
}
