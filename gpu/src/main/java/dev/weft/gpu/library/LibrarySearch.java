package dev.weft.gpu.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for one of NVIDIA's libraries: in the setting, the toolkit that the environment names, the
 * loader's path, the usual toolkit folders, Python's wheels and a jar on the class path, in this
 * order. Loads nothing for good, and never throws.
 */
public final class LibrarySearch {
  private final CudaSettings settings;
  private final Places places;
  private final Predicate<String> loader;
  private final RedistJar jar;

  /**
   * A search.
   *
   * @param loader whether the dynamic loader finds a library by its bare name
   * @param resources class path on which a jar with libraries may be
   */
  LibrarySearch(CudaSettings settings, Predicate<String> loader, ClassLoader resources) {
    this.settings = settings;
    this.places = new Places(settings);
    this.loader = loader;
    this.jar = new RedistJar(resources, settings.cache().resolve("native"));
  }

  /** A search on this machine. */
  public static LibrarySearch of(CudaSettings settings) {
    return of(settings, LibrarySearch.class.getClassLoader());
  }

  /** A search on this machine, with another class path to look for a jar with libraries on. */
  public static LibrarySearch of(CudaSettings settings, ClassLoader resources) {
    return new LibrarySearch(settings, LibraryLoader::canLoad, resources);
  }

  /** Looks for a library in the given major versions, the preferred one first. */
  public Located find(CudaLibrary library, List<Integer> majors) {
    List<Located.Looked> looked = new ArrayList<>();
    for (int major : majors) {
      Optional<Located.Found> found = find(library, major, looked);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return new Located.Missing(
        majors.stream().map(library::soname).toList(), looked, remedy(library, majors));
  }

  private Optional<Located.Found> find(
      CudaLibrary library, int major, List<Located.Looked> looked) {
    for (SearchPath place : places.named()) {
      Optional<Located.Found> found = inFolders(library, major, place, looked);
      if (found.isPresent()) {
        return found;
      }
    }
    String soname = library.soname(major);
    if (loader.test(soname)) {
      return Optional.of(new Located.Found(library, major, soname, List.of(), "the loader's path"));
    }
    looked.add(new Located.Looked("the loader's path", "does not know " + soname));
    for (SearchPath place : places.usual(library, major)) {
      Optional<Located.Found> found = inFolders(library, major, place, looked);
      if (found.isPresent()) {
        return found;
      }
    }
    return jar.find(library, major, looked);
  }

  /** Looks into the folders of one place, and notes there what was found out. */
  static Optional<Located.Found> inFolders(
      CudaLibrary library, int major, SearchPath place, List<Located.Looked> looked) {
    String soname = library.soname(major);
    List<Path> folders =
        place.folders().stream().map(LibrarySearch::folder).filter(Files::isDirectory).toList();
    for (Path folder : folders) {
      Path file = folder.resolve(soname);
      if (Files.isReadable(file)) {
        return Optional.of(
            new Located.Found(
                library, major, file.toString(), companions(library, major, folder), place.name()));
      }
    }
    String outcome =
        place.folders().isEmpty()
            ? "not set"
            : folders.isEmpty()
                ? "no such folder"
                : "no %s in %s"
                    .formatted(
                        soname,
                        folders.stream().map(Path::toString).collect(Collectors.joining(", ")));
    looked.add(new Located.Looked(place.name(), outcome));
    return Optional.empty();
  }

  /** A file that is named stands for its folder, since its companions are looked for there. */
  private static Path folder(Path named) {
    return Files.isRegularFile(named) && named.getParent() != null ? named.getParent() : named;
  }

  /** Files next to the library that have to be loaded before it. */
  static List<Path> companions(CudaLibrary library, int major, Path folder) {
    String prefix = library.companionPrefix(major);
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .filter(Files::isReadable)
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      // The library itself can be read; whether it does without companions shows in loading.
      return List.of();
    }
  }

  /** What to install, or to set, so that the library is found. */
  public String remedy(CudaLibrary library, List<Integer> majors) {
    String versions = majors.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    return ("Install the CUDA %s toolkit, or: pip install %s; or put %s on the class path; or name"
            + " the folder of %s in -D%s or %s.")
        .formatted(
            versions,
            library.wheelPackage(majors.getFirst()),
            RedistJar.ARTIFACT,
            library.soname(majors.getFirst()),
            CudaSettings.PROPERTY,
            CudaSettings.VARIABLE);
  }

  @Override
  public String toString() {
    return "LibrarySearch" + settings.libraries();
  }
}
