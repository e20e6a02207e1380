package dev.weft.io;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.file.FileAccess;
import dev.weft.io.object.Addresses;
import dev.weft.io.object.ObjectLookups;
import dev.weft.io.object.ObjectPath;
import dev.weft.io.stack.FilePattern;
import dev.weft.io.stack.FileStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way to array files: every {@link FileFormat} on the class path. What exists is known by its
 * content, then by its name; what is to be written, by its name alone.
 */
public final class ArrayFiles {
  private static final int BEGIN = 1024;

  private ArrayFiles() {}

  /** Sessions come here. */
  public static final class Access implements FileAccess {
    @Override
    public ArraySource source(Path file) {
      return ArrayFiles.source(file);
    }

    @Override
    public ArrayTarget target(Path file) {
      return ArrayFiles.target(file);
    }
  }

  /** The formats that there are. */
  public static List<FileFormat> formats() {
    List<FileFormat> formats = new ArrayList<>();
    ServiceLoader.load(FileFormat.class).forEach(formats::add);
    return formats;
  }

  /** The extensions of the supported formats, without dots. */
  public static List<String> extensions() {
    return formats().stream().flatMap(format -> format.extensions().stream()).toList();
  }

  /**
   * Opens an array for reading; close it when it is no longer needed.
   *
   * @param path a file or a folder; behind it, after {@code #}, the name of one of several arrays.
   *     Several files, {@code run-*.npy} or {@code a.npy,b.npy}, are one array along a new first
   *     axis, in the order of their names, and so are the files of a folder.
   * @throws UsageException when it is of no format that is known; says what it is, if that can be
   *     told, and what to do
   */
  public static ArraySource source(Path path) {
    return source(path, ReadOptions.PLAIN);
  }

  /**
   * The same; files that are joined or unpacked.
   *
   * <pre>{@code
   * NDArray t = session.array(ArrayFiles.source(Path.of("run-*.nc#tas"), ReadOptions.PLAIN.joined(0)));
   * }</pre>
   *
   * @throws UsageException also when files do not fit together, and when a factor is no number
   */
  public static ArraySource source(Path path, ReadOptions options) {
    Addresses.requireWhole(path);
    return ObjectLookups.once(() -> opened(path, options));
  }

  private static ArraySource opened(Path path, ReadOptions options) {
    List<FileFormat> formats = formats();
    Function<Path, ArraySource> opener =
        options
            .layout()
            .<Function<Path, ArraySource>>map(layout -> layout::open)
            .orElse(
                options.isDecoded()
                    ? file -> oneDecoded(file, formats)
                    : file -> one(file, formats));
    List<Path> files = several(path, formats);
    if (options.axis().isPresent()) {
      List<Path> joined = files.isEmpty() ? List.of(path) : files;
      return FileStack.joined(joined, options.axis().getAsInt(), opener);
    }
    return files.isEmpty() ? opener.apply(path) : FileStack.stacked(files, opener);
  }

  /** The files that a path means together; none where it means one. */
  private static List<Path> several(Path path, List<FileFormat> formats) {
    if (FilePattern.is(path)) {
      return FilePattern.files(path);
    }
    if (!Files.isDirectory(path)
        || formats.stream().anyMatch(format -> format.recognizes(path, new byte[0]))) {
      return List.of();
    }
    Set<String> extensions = new TreeSet<>();
    try (Stream<Path> entries = Files.list(path)) {
      entries
          .filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
          .map(entry -> Extensions.extension(entry, formats))
          .filter(Objects::nonNull)
          .forEach(extensions::add);
    } catch (IOException | UncheckedIOException e) {
      throw new DeviceException(
          "read %s: the folder cannot be listed: %s. Check the disk and the permissions"
              .formatted(path, e.getMessage()),
          e);
    }
    if (extensions.size() > 1) {
      throw refused(
          path,
          "this is a directory with files of several formats: " + extensions,
          "Name those that you mean, as in %s/*.%s".formatted(path, extensions.iterator().next()));
    }
    return extensions.isEmpty()
        ? List.of()
        : FilePattern.files(path.resolve("*." + extensions.iterator().next()));
  }

  /**
   * Names, sizes and times of all files that a path means, in one line: another one as soon as one
   * of them is written to. Elements are not read.
   */
  public static String state(Path path) {
    List<FileFormat> formats = formats();
    List<Path> several = several(path, formats);
    return FileState.of(
        (several.isEmpty() ? List.of(path) : several)
            .stream().map(file -> name(file, formats).file()).toList());
  }

  private static ArraySource one(Path path, List<FileFormat> formats) {
    ArrayName name = name(path, formats);
    return format(name.file(), formats).open(name);
  }

  private static ArraySource oneDecoded(Path path, List<FileFormat> formats) {
    ArraySource source = one(path, formats);
    try {
      return DecodedSource.of(source);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /**
   * The arrays that a file or a folder holds; reads no elements.
   *
   * @param path the file or folder; behind it, after {@code #}, the name of an array or of a group,
   *     to list only what is there
   * @throws UsageException when it is of no format that is known, or holds nothing of this name
   */
  public static List<ArrayEntry> list(Path path) {
    return ObjectLookups.once(() -> listed(path));
  }

  private static List<ArrayEntry> listed(Path path) {
    List<FileFormat> formats = formats();
    ArrayName name = name(path, formats);
    List<ArrayEntry> all = format(name.file(), formats).list(name.file());
    List<ArrayEntry> found =
        all.stream().filter(entry -> isWithin(entry.name(), name.inside())).toList();
    if (found.isEmpty() && !all.isEmpty()) {
      throw refused(
          name.file(),
          "it holds nothing that is called '%s', but %s"
              .formatted(name.inside(), all.stream().map(ArrayEntry::name).toList()),
          "Name one of them");
    }
    return found;
  }

  private static boolean isWithin(String entry, String name) {
    return name.isEmpty() || entry.equals(name) || entry.startsWith(name + "/");
  }

  /** Whether there is a file or a folder, whatever it holds; names of arrays in it do not count. */
  public static boolean exists(Path path) {
    return ObjectLookups.once(
        () ->
            Files.exists(path)
                || FilePattern.is(path)
                || Files.exists(name(path, formats()).file()));
  }

  private static ArrayName name(Path path, List<FileFormat> formats) {
    Addresses.requireWhole(path);
    return ArrayName.parse(
        path,
        folder -> {
          FileFormat named = Extensions.named(folder, formats);
          return named != null && named.isFolder();
        });
  }

  private static FileFormat format(Path file, List<FileFormat> formats) {
    FileFormat format = found(file, formats);
    if (file instanceof ObjectPath && !format.isRanged()) {
      throw refused(
          file,
          "%s files are mapped, and are not read from an object store".formatted(format.name()),
          "Copy it to a file first: aws s3 cp %s FILE".formatted(file));
    }
    return format;
  }

  /** The format of what is there, by its content or else by its name. */
  private static FileFormat found(Path file, List<FileFormat> formats) {
    byte[] begin = begin(file);
    if (Files.exists(file)) {
      for (FileFormat format : formats) {
        if (format.recognizes(file, begin)) {
          return format;
        }
      }
    }
    ForeignContent foreign = ForeignContent.of(begin);
    if (foreign != null) {
      throw refused(
          file, "this is " + foreign.what() + "; " + readable(formats), foreign.remedy(file));
    }
    FileFormat named = Extensions.named(file, formats);
    if (named != null) {
      return named;
    }
    throw unknown(file, formats, begin.length);
  }

  private static UsageException unknown(Path file, List<FileFormat> formats, int bytes) {
    if (!Files.exists(file)) {
      return refused(file, "there is no such file", "Check the path");
    }
    if (Files.isDirectory(file)) {
      return refused(
          file,
          "this is a directory, and none that holds an array; " + readable(formats),
          "Name a file in it");
    }
    if (bytes == 0) {
      return refused(
          file, "there is nothing to read in it; " + readable(formats), "Check the file");
    }
    return refused(
        file,
        "neither content nor name say what it is; " + readable(formats),
        "Say what it holds if it is raw numbers, as in --raw float32:100,200");
  }

  private static UsageException refused(Path file, String reason, String remedy) {
    return new UsageException("read %s: %s. %s".formatted(file, reason, remedy));
  }

  private static String readable(List<FileFormat> formats) {
    return formats.stream()
        .map(FileFormat::name)
        .collect(Collectors.joining(", ", "Weft reads: ", ""));
  }

  /** The first bytes; none of what is no file or cannot be read, which the format then reports. */
  private static byte[] begin(Path file) {
    if (!Files.isRegularFile(file)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(BEGIN);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  /**
   * A file or a folder to write to.
   *
   * @param path the file or folder; behind it, after {@code #}, the name of the array in it
   * @throws UsageException when no format has its extension, or the place is unwritable
   */
  public static ArrayTarget target(Path path) {
    return target(path, WriteOptions.PLAIN);
  }

  /**
   * The same, written as it is asked for.
   *
   * @throws UsageException also when the format does not have what is asked for
   */
  public static ArrayTarget target(Path path, WriteOptions options) {
    return targets(List.of(path), List.of(options)).getFirst();
  }

  /**
   * Targets of one job, in the same order; several paths may name arrays in one file, {@code
   * climate.nc#mean} and {@code climate.nc#std}, which then appears with all of them.
   *
   * @throws UsageException also when the format's files are written with one array each
   */
  public static List<ArrayTarget> targets(List<Path> paths) {
    return targets(paths, Collections.nCopies(paths.size(), WriteOptions.PLAIN));
  }

  /**
   * The same, each written as it is asked for.
   *
   * @param options one for each path
   */
  public static List<ArrayTarget> targets(List<Path> paths, List<WriteOptions> options) {
    return ObjectLookups.once(() -> created(paths, options));
  }

  private static List<ArrayTarget> created(List<Path> paths, List<WriteOptions> options) {
    List<FileFormat> formats = formats();
    Map<Path, List<Integer>> files = new LinkedHashMap<>();
    List<NewArray> arrays = new ArrayList<>();
    for (Path path : paths) {
      ArrayName name = name(path, formats);
      files
          .computeIfAbsent(name.file().toAbsolutePath().normalize(), file -> new ArrayList<>())
          .add(arrays.size());
      arrays.add(new NewArray(name, options.get(arrays.size())));
    }
    ArrayTarget[] targets = new ArrayTarget[arrays.size()];
    for (List<Integer> places : files.values()) {
      ArrayName first = arrays.get(places.getFirst()).name();
      List<ArrayTarget> made =
          writable(first, formats).create(places.stream().map(arrays::get).toList());
      for (int i = 0; i < places.size(); i++) {
        targets[places.get(i)] = made.get(i);
      }
    }
    return List.of(targets);
  }

  /**
   * A file or a folder to write to, which goes on with what an earlier job has written before it
   * was interrupted.
   *
   * @throws UsageException also when the format does not allow that
   */
  public static ArrayTarget resume(Path path, WriteOptions options, Resumption job) {
    List<FileFormat> formats = formats();
    ArrayName name = name(path, formats);
    return writable(name, formats).resume(name, options, job);
  }

  private static FileFormat writable(ArrayName name, List<FileFormat> formats) {
    FileFormat named = Extensions.named(name.file(), formats);
    if (named == null) {
      throw new UsageException(
          "write %s: no format has this extension; use one of .%s"
              .formatted(name, String.join(", .", extensions())));
    }
    return named;
  }
}
