package dev.weft.gpu.library;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the user and the system say about CUDA. The only place of this module that asks the process.
 *
 * @param libraries folders or files in which NVIDIA's libraries are looked for first
 * @param environment the variables of the process, such as {@code CUDA_PATH}
 * @param home the user's folder
 * @param root the root of the file system; another one in tests
 */
public record CudaSettings(
    List<Path> libraries, Map<String, String> environment, Path home, Path root) {
  /** The system property that names {@link #libraries}, separated as in a class path. */
  public static final String PROPERTY = "weft.cuda.libraries";

  /** The environment variable that does the same where the property is not set. */
  public static final String VARIABLE = "WEFT_CUDA_LIBRARIES";

  /** Copies the collections. */
  public CudaSettings {
    libraries = List.copyOf(libraries);
    environment = Map.copyOf(environment);
  }

  /** The settings of this process. */
  public static CudaSettings ofProcess() {
    Map<String, String> environment = System.getenv();
    String libraries = System.getProperty(PROPERTY, environment.getOrDefault(VARIABLE, ""));
    return new CudaSettings(
        paths(libraries), environment, Path.of(System.getProperty("user.home")), Path.of("/"));
  }

  /** Folders listed in a variable such as {@code LD_LIBRARY_PATH}; none where it is not set. */
  public List<Path> folders(String variable) {
    return paths(environment.getOrDefault(variable, ""));
  }

  /** The folder in which Weft keeps what can be made again. */
  public Path cache() {
    String base = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path caches = base.isEmpty() ? home.resolve(".cache") : Path.of(base);
    return caches.resolve("weft");
  }

  private static List<Path> paths(String list) {
    return Arrays.stream(list.split(File.pathSeparator))
        .filter(entry -> !entry.isBlank())
        .map(Path::of)
        .toList();
  }
}
