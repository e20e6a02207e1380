package dev.weft.gpu.library;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Loads libraries by {@code dlopen}; those that are opened stay loaded until the process ends. */
public final class LibraryLoader {
  private LibraryLoader() {}

  /** Whether the dynamic loader finds a library by its bare name; it is not kept. */
  public static boolean canLoad(String name) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(name, arena);
      return true;
    } catch (IllegalArgumentException notFound) {
      // The JDK gives no reason beyond that.
      return false;
    }
  }

  /**
   * The file that the dynamic loader takes for a bare name: the kernel tells what it has mapped.
   * The file's own name may go on after the given one.
   */
  static Optional<Path> file(String name) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(name, arena);
      return Files.readAllLines(Path.of("/proc/self/maps")).stream()
          .filter(line -> line.contains("/"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .filter(path -> path.getFileName().toString().startsWith(name))
          .findFirst();
    } catch (IllegalArgumentException | IOException notFound) {
      // It does not load, or this is no Linux.
      return Optional.empty();
    }
  }

  /**
   * Loads a library after its companions; the loader then finds those by name.
   *
   * @throws LibraryException when one of them does not load
   */
  public static SymbolLookup open(Located.Found found) throws LibraryException {
    for (Path companion : found.companions()) {
      open(companion.toString());
    }
    return open(found.target());
  }

  /**
   * Loads a library by its path, or by a name that the dynamic loader knows.
   *
   * @throws LibraryException when it does not load
   */
  public static SymbolLookup open(String target) throws LibraryException {
    try {
      return target.contains("/")
          ? SymbolLookup.libraryLookup(Path.of(target), Arena.global())
          : SymbolLookup.libraryLookup(target, Arena.global());
    } catch (IllegalArgumentException | LinkageError failure) {
      throw new LibraryException(
          "%s does not load (%s)".formatted(target, failure.getMessage()), failure);
    }
  }
}
