package dev.weft.cli.bundle;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies jars without their compression. What is compressed already cannot be compressed by xz once
 * more, which does it better, and classes load sooner.
 */
final class StoredJar {
  private StoredJar() {}

  /** Copies the entries whose names are wanted. */
  static void copy(Path jar, Path target, Predicate<String> wanted) throws IOException {
    try (ZipFile from = new ZipFile(jar.toFile());
        ZipOutputStream to =
            new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target), 1 << 16))) {
      for (Enumeration<? extends ZipEntry> e = from.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        if (!wanted.test(entry.getName())) {
          continue;
        }
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(entry.getSize());
        stored.setCrc(entry.getCrc());
        stored.setTimeLocal(entry.getTimeLocal());
        to.putNextEntry(stored);
        try (InputStream in = from.getInputStream(entry)) {
          in.transferTo(to);
        }
        to.closeEntry();
      }
    }
  }
}
