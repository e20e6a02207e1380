package dev.weft.gpu.driver;

import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.UnpackedResources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads JCuda's native libraries from the user's cache.
 *
 * <p>JCuda by itself unpacks them to fixed names in {@code java.io.tmpdir} and loads whatever lies
 * there: half a file when another process is just unpacking, and anybody's file when the folder is
 * shared. So the files are put whole into a folder of the user's, and JCuda is told that this is
 * the folder for temporary files while it loads.
 */
final class JCudaNatives {
  private static final String VERSION = "12.6.0";
  private static final List<String> LIBRARIES =
      List.of("JCudaDriver", "JCudaRuntime", "JNvrtc", "JCublas2");
  private static final String RESOURCES = "lib";

  private final ClassLoader loader;
  private final Path cache;

  JCudaNatives(ClassLoader loader, Path cache) {
    this.loader = loader;
    this.cache = cache;
  }

  /** Unpacks into the user's cache. */
  static JCudaNatives of(CudaSettings settings) {
    return new JCudaNatives(
        JCudaNatives.class.getClassLoader(), settings.cache().resolve("native"));
  }

  /** The file of a library such as {@code JCudaDriver} in JCuda's jars, of this system. */
  static String file(String library) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return System.mapLibraryName(
        "%s-%s-%s-%s"
            .formatted(
                library,
                VERSION,
                system.startsWith("windows") ? "windows" : system,
                processor.equals("amd64") ? "x86_64" : processor));
  }

  /**
   * Initialises a class of JCuda, with which its library is loaded, and those of other classes that
   * it touches.
   *
   * @param className for instance {@code jcuda.driver.JCudaDriver}
   * @throws LibraryException when there is no such library for this system, or it does not load
   */
  void initialize(String className) throws LibraryException {
    List<String> names = LIBRARIES.stream().map(JCudaNatives::file).toList();
    try {
      initialize(className, UnpackedResources.unpack(loader, RESOURCES, names, cache));
    } catch (IOException failure) {
      throw new LibraryException(
          "JCuda's %s cannot be unpacked into %s: %s".formatted(names, cache, failure), failure);
    } catch (ClassNotFoundException | LinkageError failure) {
      throw new LibraryException(Links.reason(failure), failure);
    }
  }

  private void initialize(String className, Path folder) throws ClassNotFoundException {
    // One at a time in this process; others that ask for the folder meanwhile get a usable one.
    synchronized (JCudaNatives.class) {
      String before = System.getProperty("java.io.tmpdir");
      System.setProperty("java.io.tmpdir", folder.toString());
      try {
        Class.forName(className, true, loader);
      } finally {
        System.setProperty("java.io.tmpdir", before);
      }
    }
  }
}
