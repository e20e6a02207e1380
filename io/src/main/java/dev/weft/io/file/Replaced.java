package dev.weft.io.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a new file has to keep of the one whose name it takes: permissions, group and owner, as if
 * the old file had been written to. Nothing where there is no old file, or the system knows no such
 * permissions.
 */
public final class Replaced {
  private static final int LINKS = 40;
  private static final Set<PosixFilePermission> OF_GROUP =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE);

  private final @Nullable PosixFileAttributes old;

  private Replaced(@Nullable PosixFileAttributes old) {
    this.old = old;
  }

  /**
   * The file that writing to {@code named} means: links are followed, even to what is not there.
   */
  public static Path target(Path named) throws IOException {
    Path file = named;
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == LINKS) {
        throw new FileSystemLoopException(named.toString());
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  /** What there is to keep of {@code file}. */
  public static Replaced of(Path file) throws IOException {
    PosixFileAttributeView view = view(file);
    return new Replaced(view == null || Files.notExists(file) ? null : view.readAttributes());
  }

  private static @Nullable PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** With what a file is created, so that it is at no time open to more users than the old one. */
  public FileAttribute<?>[] atCreation() {
    return old == null
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(old.permissions())};
  }

  /** Gives all of it to the new file. */
  public void passOn(Path file) throws IOException {
    PosixFileAttributeView view = view(file);
    if (old == null || view == null) {
      return;
    }
    PosixFileAttributes made = view.readAttributes();
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(old.permissions());
    if (!made.group().equals(old.group()) && !attempt(() -> view.setGroup(old.group()))) {
      // What was for one group is not for another.
      permissions.removeAll(OF_GROUP);
    }
    if (!made.permissions().equals(permissions)) {
      view.setPermissions(permissions);
    }
    if (!made.owner().equals(old.owner())) {
      // Only the administrator may; others become the owner of what they write.
      boolean unused = attempt(() -> view.setOwner(old.owner()));
    }
  }

  /** A change that the system may refuse. */
  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  private static boolean attempt(Change change) {
    try {
      change.make();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
