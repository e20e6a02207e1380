package dev.weft.io.file;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Folders with all that is in them. Links are not followed. */
public final class Trees {
  /** A thread that writes to a folder while it is removed is tired out. */
  private static final int TRIES = 3;

  private Trees() {}

  /** Removes a file, or a folder with all that is in it; nothing when there is none. */
  public static void delete(Path path, FileOperations operations) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        walkAndDelete(path, operations);
        return;
      } catch (DirectoryNotEmptyException e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private static void walkAndDelete(Path path, FileOperations operations) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            operations.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            operations.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            operations.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Makes all files of a folder, and their names, durable. */
  public static void force(Path path, FileOperations operations) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            forceFile(file, operations);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            operations.forceDirectory(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void forceFile(Path file, FileOperations operations) throws IOException {
    operations.closing(operations.open(file, StandardOpenOption.WRITE), operations::force);
  }
}
