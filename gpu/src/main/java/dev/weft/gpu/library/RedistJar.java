package dev.weft.gpu.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The jar {@code org.bytedeco:cuda-redist}, which brings the libraries as resources. They are
 * unpacked into the user's cache when they are asked for.
 */
final class RedistJar {
  static final String ARTIFACT = "org.bytedeco:cuda-redist with classifier linux-x86_64";
  private static final String FOLDER = "org/bytedeco/cuda/linux-x86_64";
  private static final String PLACE = "a cuda-redist jar";

  /** Resources cannot be listed; the minor versions of CUDA 12 and 13 go from 0 to 9. */
  private static final int MINORS = 10;

  private final ClassLoader resources;
  private final Path cache;

  RedistJar(ClassLoader resources, Path cache) {
    this.resources = resources;
    this.cache = cache;
  }

  Optional<Located.Found> find(CudaLibrary library, int major, List<Located.Looked> looked) {
    String soname = library.soname(major);
    if (resources.getResource(FOLDER + "/" + soname) == null) {
      looked.add(new Located.Looked(PLACE, "no %s/%s on the class path".formatted(FOLDER, soname)));
      return Optional.empty();
    }
    List<String> companions = companions(library, major);
    List<String> names = new ArrayList<>(companions);
    names.add(soname);
    try {
      Path folder = UnpackedResources.unpack(resources, FOLDER, names, cache);
      return Optional.of(
          new Located.Found(
              library,
              major,
              folder.resolve(soname).toString(),
              companions.stream().map(folder::resolve).toList(),
              PLACE + ", unpacked"));
    } catch (IOException failure) {
      looked.add(
          new Located.Looked(
              PLACE, "%s could not be unpacked into %s: %s".formatted(soname, cache, failure)));
      return Optional.empty();
    }
  }

  private List<String> companions(CudaLibrary library, int major) {
    String prefix = library.companionPrefix(major);
    List<String> candidates = new ArrayList<>();
    if (prefix.endsWith(".")) {
      for (int minor = 0; minor < MINORS; minor++) {
        candidates.add(prefix + minor);
      }
    } else {
      candidates.add(prefix);
    }
    return candidates.stream()
        .filter(name -> resources.getResource(FOLDER + "/" + name) != null)
        .toList();
  }
}
