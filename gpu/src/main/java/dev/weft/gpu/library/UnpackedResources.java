package dev.weft.gpu.library;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Class path resources as files in the user's cache.
 *
 * <p>The folder is named after length and checksum of the contents, so that versions do not meet;
 * files appear whole or not at all, so that processes starting together do no harm.
 */
public final class UnpackedResources {
  private UnpackedResources() {}

  /**
   * Unpacks the named files of a resource folder, those that are not there yet.
   *
   * @return the folder, in which they have their names
   * @throws NoSuchFileException when there is no such resource
   */
  public static Path unpack(ClassLoader loader, String folder, List<String> names, Path cache)
      throws IOException {
    List<URL> resources = new ArrayList<>();
    long version = 17;
    for (String name : names) {
      URL resource = loader.getResource(folder + "/" + name);
      if (resource == null) {
        throw new NoSuchFileException(folder + "/" + name, null, "not on the class path");
      }
      resources.add(resource);
      version = version * 31 + fingerprint(resource);
    }
    Path target = cache.resolve(Long.toHexString(version));
    Files.createDirectories(target);
    for (int i = 0; i < names.size(); i++) {
      Path file = target.resolve(names.get(i));
      if (!Files.exists(file)) {
        unpack(resources.get(i), file);
      }
    }
    return target;
  }

  private static long fingerprint(URL resource) throws IOException {
    URLConnection connection = resource.openConnection();
    if (connection instanceof JarURLConnection jar) {
      return jar.getJarEntry().getSize() * 31 + jar.getJarEntry().getCrc();
    }
    try (InputStream unused = connection.getInputStream()) {
      return connection.getContentLengthLong() * 31 + connection.getLastModified();
    }
  }

  private static void unpack(URL resource, Path file) throws IOException {
    Path part = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".part");
    try (InputStream in = resource.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      // Replaces what another process has put there meanwhile: the same content.
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
