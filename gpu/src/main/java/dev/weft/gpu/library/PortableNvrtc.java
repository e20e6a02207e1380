package dev.weft.gpu.library;

import dev.weft.core.device.PortableLibrary;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NVRTC as files to take to a machine that has NVIDIA's driver and nothing else of CUDA. */
public final class PortableNvrtc {
  /** 12 first: JCuda binds it, and what it compiles is loaded by every driver that Weft takes. */
  private static final List<Integer> MAJORS = List.of(12, 13);

  private static final String WHAT =
      "give a folder with libnvrtc.so.12, that file itself, a CUDA toolkit's folder, or the jar "
          + RedistJar.ARTIFACT;

  private static final Pattern VERSION = Pattern.compile(".*\\.so\\.(\\d+\\.\\d+)");

  private final CudaSettings settings;
  private final LibrarySearch search;

  /** Looks where a device would, by these settings. */
  public PortableNvrtc(CudaSettings settings) {
    this(settings, LibrarySearch.of(settings));
  }

  PortableNvrtc(CudaSettings settings, LibrarySearch search) {
    this.settings = settings;
    this.search = search;
  }

  /**
   * What this machine has.
   *
   * @throws DeviceException when it has none
   */
  public PortableLibrary find() {
    return switch (search.find(CudaLibrary.NVRTC, MAJORS)) {
      case Located.Missing missing ->
          throw new DeviceException(
              "no NVRTC on this machine:%n%s%n%s"
                  .formatted(missing.describe(), missing.remedy().strip()));
      case Located.Found found -> portable(found);
    };
  }

  /**
   * What is in a folder, beside a file, or in a jar.
   *
   * @throws UsageException when there is none
   */
  public PortableLibrary in(Path from) {
    if (!Files.exists(from)) {
      throw new UsageException("%s does not exist; %s".formatted(from, WHAT));
    }
    List<Located.Looked> looked = new ArrayList<>();
    for (int major : majors(from)) {
      Optional<Located.Found> found =
          from.getFileName().toString().endsWith(".jar")
              ? inJar(from, major, looked)
              : inFolder(from, major, looked);
      if (found.isPresent()) {
        return portable(found.get());
      }
    }
    throw new UsageException(
        "no NVRTC in %s: %s; %s"
            .formatted(
                from,
                String.join(", ", looked.stream().map(Located.Looked::outcome).toList()),
                WHAT));
  }

  /** A library that is named itself is the one that is wanted. */
  private static List<Integer> majors(Path from) {
    String name = from.getFileName().toString();
    List<Integer> named =
        MAJORS.stream().filter(m -> name.startsWith(CudaLibrary.NVRTC.soname(m))).toList();
    return named.isEmpty() ? MAJORS : named;
  }

  private static Optional<Located.Found> inFolder(
      Path from, int major, List<Located.Looked> looked) {
    List<Path> folders = new ArrayList<>(List.of(from));
    folders.addAll(Places.toolkits(folders));
    return LibrarySearch.inFolders(
        CudaLibrary.NVRTC, major, new SearchPath(from.toString(), folders), looked);
  }

  private Optional<Located.Found> inJar(Path from, int major, List<Located.Looked> looked) {
    try (URLClassLoader jar = new URLClassLoader(new URL[] {from.toUri().toURL()}, null)) {
      return new RedistJar(jar, settings.cache().resolve("native"))
          .find(CudaLibrary.NVRTC, major, looked)
          .map(
              unpacked ->
                  new Located.Found(
                      unpacked.library(),
                      major,
                      unpacked.target(),
                      unpacked.companions(),
                      from.toString()));
    } catch (IOException broken) {
      throw new DeviceException("read %s: %s".formatted(from, broken), broken);
    }
  }

  private static PortableLibrary portable(Located.Found found) {
    String soname = found.library().soname(found.major());
    Path file = file(found, soname);
    List<Path> builtins = found.companions();
    if (builtins.isEmpty() && file.getParent() != null) {
      builtins = LibrarySearch.companions(found.library(), found.major(), file.getParent());
    }
    Map<String, Path> files = new LinkedHashMap<>();
    files.put(soname, file);
    String version = Integer.toString(found.major());
    for (Path builtin : builtins) {
      Matcher named = VERSION.matcher(builtin.getFileName().toString());
      // Beside libnvrtc-builtins.so.12.9 may lie libnvrtc-builtins.so.12.9.86: the same once more.
      if (named.matches() && isOf(file, named.group(1))) {
        files.put(builtin.getFileName().toString(), builtin);
        version = named.group(1);
      }
    }
    if (files.size() == 1) {
      throw new DeviceException(
          "%s has no %s* beside it, without which it compiles nothing; %s"
              .formatted(file, found.library().companionPrefix(found.major()), WHAT));
    }
    return new PortableLibrary(
        "%s %s".formatted(found.library().title(), version),
        found.describe(),
        "NVIDIA's driver, %s or newer".formatted(found.major() == 12 ? "525.60" : "580.65"),
        files);
  }

  /** The file of a library, where the loader has found it too. */
  private static Path file(Located.Found found, String soname) {
    if (found.target().contains("/")) {
      return Path.of(found.target());
    }
    return LibraryLoader.file(found.target())
        .orElseThrow(
            () ->
                new DeviceException(
                    "%s is on the loader's path, but which file it is cannot be found out; %s"
                        .formatted(soname, WHAT)));
  }

  /** Whether builtins of a version go with a library, whose real name may tell its own. */
  private static boolean isOf(Path library, String version) {
    Path real = library;
    try {
      real = library.toRealPath();
    } catch (IOException unreadable) {
      // Copying it will say so.
      return true;
    }
    Matcher named = VERSION.matcher(real.getFileName().toString());
    return !named.lookingAt() || named.group(1).equals(version);
  }
}
