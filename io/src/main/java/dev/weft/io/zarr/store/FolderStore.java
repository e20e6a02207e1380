package dev.weft.io.zarr.store;

import dev.weft.io.FormatException;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.FileStamp;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store in a folder: each value is a file. Links are followed as far as they stay within it. */
public final class FolderStore implements Store {
  private static final int LONGEST_KEY = 4000;
  private static final long PART = 1L << 30;

  private final Path root;
  private final FileOperations operations;
  private volatile @Nullable Path realRoot;

  /** The store in {@code root}. */
  public FolderStore(Path root, FileOperations operations) {
    this.root = root;
    this.operations = operations;
  }

  /** A file that is open. */
  private record OpenFile(
      FileOperations operations, FileChannel channel, long size, FileStamp stamp) implements Value {
    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      for (long at = 0; at < target.byteSize(); at += PART) {
        MemorySegment part = target.asSlice(at, Math.min(PART, target.byteSize() - at));
        operations.read(channel, part.asByteBuffer(), offset + at);
      }
    }

    @Override
    public void close() {
      operations.release(channel);
    }
  }

  @Override
  public String description() {
    return root.toString();
  }

  @Override
  public String place(String key) {
    return key.isEmpty() ? root.toString() : root + "/" + key;
  }

  /** The file of a key. */
  private Path file(String key) {
    if (key.length() > LONGEST_KEY || key.indexOf('\0') >= 0 || key.indexOf('\\') >= 0) {
      throw refused("a key of this store cannot be '%s'".formatted(shortened(key)));
    }
    Path file = root;
    for (String name : key.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw refused(
            "a key of this store cannot be '%s': no part of it may be empty, '.' or '..'"
                .formatted(shortened(key)));
      }
      try {
        file = file.resolve(name);
      } catch (InvalidPathException e) {
        throw refused("a key of this store cannot be '%s'".formatted(shortened(key)));
      }
    }
    return file;
  }

  private static String shortened(String key) {
    return key.length() > 100 ? key.substring(0, 100) + "..." : key.replace('\0', '?');
  }

  private FormatException refused(String reason) {
    return new FormatException(root.toString(), -1, reason);
  }

  @Override
  public @Nullable Value get(String key) throws IOException {
    Path file = file(key);
    try {
      requireWithin(file, key);
      BasicFileAttributes found = operations.attributes(file);
      if (found.isDirectory()) {
        return null;
      }
      if (!found.isRegularFile()) {
        throw new FormatException(place(key), -1, "this is a device or a pipe, not a file");
      }
      FileChannel channel = operations.open(file, StandardOpenOption.READ);
      try {
        return new OpenFile(operations, channel, operations.size(channel), FileStamp.of(found));
      } catch (IOException e) {
        operations.release(channel);
        throw e;
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    }
  }

  @Override
  public FileStamp stamp(String key) throws IOException {
    try {
      BasicFileAttributes found = operations.attributes(file(key));
      return found.isDirectory() ? FileStamp.ABSENT : FileStamp.of(found);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return FileStamp.ABSENT;
    }
  }

  /** A link in the store must not lead to another place of the machine. */
  private void requireWithin(Path file, String key) throws IOException {
    Path real = file.toRealPath();
    if (!real.startsWith(realRoot())) {
      throw new FormatException(
          place(key), -1, "a link leads out of the store, to %s. Copy the file".formatted(real));
    }
  }

  @Override
  public List<String> groups(String prefix) throws IOException {
    Path folder = prefix.isEmpty() ? root : file(prefix);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) || isFolderWithin(entry)) {
          names.add(entry.getFileName().toString());
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort(null);
    return names;
  }

  private boolean isFolderWithin(Path entry) throws IOException {
    return Files.isSymbolicLink(entry)
        && Files.isDirectory(entry)
        && entry.toRealPath().startsWith(realRoot());
  }

  private Path realRoot() throws IOException {
    Path known = realRoot;
    if (known == null) {
      known = root.toRealPath();
      realRoot = known;
    }
    return known;
  }

  @Override
  public boolean hasGroup(String prefix) {
    return Files.isDirectory(prefix.isEmpty() ? root : file(prefix));
  }

  @Override
  public void put(String key, MemorySegment value) throws IOException {
    Path file = file(key);
    createFolders(file.getParent());
    try {
      operations.closing(
          created(file),
          channel -> {
            for (long at = 0; at < value.byteSize(); at += PART) {
              MemorySegment part = value.asSlice(at, Math.min(PART, value.byteSize() - at));
              operations.write(channel, part.asByteBuffer(), at);
            }
          });
    } catch (IOException e) {
      // It may be put again.
      operations.delete(file);
      throw e;
    }
  }

  /** What is there may be a part of a value: an attempt that failed could not remove it. */
  private FileChannel created(Path file) throws IOException {
    try {
      return operations.create(file);
    } catch (FileAlreadyExistsException e) {
      operations.delete(file);
      return operations.create(file);
    }
  }

  /** Not the root itself: who has removed it wants nothing to be written any more. */
  private void createFolders(@Nullable Path folder) throws IOException {
    if (folder == null || folder.equals(root) || Files.isDirectory(folder)) {
      return;
    }
    createFolders(folder.getParent());
    try {
      operations.createFolder(folder);
    } catch (FileAlreadyExistsException e) {
      // Another thread was faster.
      return;
    }
  }
}
