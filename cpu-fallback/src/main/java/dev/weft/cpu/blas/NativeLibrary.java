package dev.weft.cpu.blas;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Shared libraries that travel as class path resources, unpacked to the user's cache once.
 *
 * <p>The folder is named after length and checksum of the contents, so that versions do not meet;
 * files appear whole or not at all, so that processes starting together do no harm.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * The names by which JavaCPP knows machines of this system, such as {@code linux-x86_64}, the
   * likelier first. Which of them this one is shows in loading: a library for another processor
   * does not load.
   */
  static List<String> platforms() {
    String system =
        switch (System.mapLibraryName("")) {
          case String name when name.endsWith(".so") -> "linux";
          case String name when name.endsWith(".dylib") -> "macosx";
          default -> "windows";
        };
    String arm = system + "-arm64";
    String intel = system + "-x86_64";
    return System.getProperty("os.arch", "").equals("aarch64")
        ? List.of(arm, intel)
        : List.of(intel, arm);
  }

  /**
   * Unpacks those of the named files of a resource folder that exist.
   *
   * @return their places, in the order of the names
   */
  static List<Path> unpack(ClassLoader loader, String folder, List<String> names, Path cache)
      throws IOException {
    List<URL> resources =
        names.stream().map(name -> loader.getResource(folder + "/" + name)).toList();
    long version = 17;
    for (URL resource : resources) {
      if (resource != null) {
        version = version * 31 + fingerprint(resource);
      }
    }
    Path target = cache.resolve(Long.toHexString(version));
    Files.createDirectories(target);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      URL resource = resources.get(i);
      if (resource != null) {
        Path file = target.resolve(names.get(i));
        if (!Files.exists(file)) {
          unpack(resource, file);
        }
        files.add(file);
      }
    }
    return files;
  }

  private static long fingerprint(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return jar.getJarEntry().getSize() * 31 + jar.getJarEntry().getCrc();
    }
    return connection.getContentLengthLong() * 31 + connection.getLastModified();
  }

  private static void unpack(URL resource, Path file) throws IOException {
    Path part = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".part");
    try (InputStream in = resource.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      // Another process was first, with the same content.
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
