package dev.weft.cli.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder to put something together in; removed in the end, also when the process is told to stop
 * before.
 */
final class WorkFolder implements AutoCloseable {
  private static final int TRIES = 40;
  private static final long PAUSE_MILLIS = 50;

  private final Path path;
  private final Thread stop = new Thread(this::stop, "weft-remove");

  private WorkFolder(Path path) {
    this.path = path;
  }

  /** A new folder beside a file. */
  static WorkFolder beside(Path file) throws IOException {
    Path parent = file.toAbsolutePath().resolveSibling("");
    WorkFolder folder = new WorkFolder(Files.createTempDirectory(parent, ".weft-bundle"));
    Runtime.getRuntime().addShutdownHook(folder.stop);
    return folder;
  }

  Path path() {
    return path;
  }

  /** The process is ending: programs that it has started end too, and then write no more. */
  private void stop() {
    List<ProcessHandle> programs = ProcessHandle.current().children().toList();
    programs.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            programs.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, TRIES * PAUSE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
    // Meanwhile another thread may still put files into it, until the folder is gone.
    for (int i = 0; i < TRIES && !remove(); i++) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean remove() {
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
        // jlink makes some files read-only, which does not keep them from being removed.
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return Files.notExists(path);
    }
  }

  /** What cannot be removed is named like what it is; the bundle is complete, or has its error. */
  @Override
  public void close() {
    boolean unused = remove();
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      // It is at work.
      return;
    }
  }
}
