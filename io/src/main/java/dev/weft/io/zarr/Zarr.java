package dev.weft.io.zarr;

import dev.weft.core.HostArray;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FormatException;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.zarr.metadata.ArrayMetadata;
import dev.weft.io.zarr.metadata.Nodes;
import dev.weft.io.zarr.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Zarr stores in folders. */
public final class Zarr {
  private Zarr() {}

  /**
   * Opens an array, such as {@code ocean.zarr#surface/temperature}. A name may be left out where a
   * store holds one array.
   *
   * @throws FormatException when its metadata is damaged, or it holds what is not supported
   * @throws UsageException when there is no such array; the message lists those that there are
   */
  public static ZarrSource read(ArrayName name) {
    return read(name, FileOperations.SYSTEM);
  }

  /** Opens the only array of a store. */
  public static ZarrSource read(Path folder) {
    return read(ArrayName.of(folder));
  }

  static ZarrSource read(ArrayName name, FileOperations operations) {
    requireFolder(name.file());
    Store store = Store.in(name.file(), operations);
    try {
      Nodes nodes = new Nodes(store);
      Nodes.Node node = nodes.find(name.inside());
      if (node != null && node.array() != null) {
        return new ZarrSource(name.toString(), store, node.array(), nodes.seen());
      }
      List<ArrayEntry> entries = new ZarrListing(store).below(name.inside());
      if (node != null && entries.size() == 1) {
        String only = entries.getFirst().name();
        Nodes own = new Nodes(store);
        ArrayMetadata array = array(store, own, only);
        return new ZarrSource(
            new ArrayName(name.file(), only).toString(), store, array, own.seen());
      }
      throw missing(name, node != null, entries);
    } catch (IOException e) {
      throw failed(name.file(), e);
    }
  }

  private static ArrayMetadata array(Store store, Nodes nodes, String path) throws IOException {
    Nodes.Node node = nodes.find(path);
    if (node == null || node.array() == null) {
      throw new FormatException(store.place(path), -1, "it was removed while it was opened");
    }
    return node.array();
  }

  private static UsageException missing(ArrayName name, boolean isGroup, List<ArrayEntry> entries) {
    if (isGroup) {
      return new UsageException(
          entries.isEmpty()
              ? "read %s: this is a group without arrays. Check the path".formatted(name)
              : "read %s: this is a group of several arrays. Name one of them: %s"
                  .formatted(name, names(entries)));
    }
    List<ArrayEntry> all = list(name.file());
    return new UsageException(
        all.isEmpty()
            ? "read %s: there is no zarr.json, .zarray or .zgroup in it, so it is no Zarr store. Check the path"
                .formatted(name)
            : "read %s: the store has no such array. Name one of them: %s"
                .formatted(name, names(all)));
  }

  private static List<String> names(List<ArrayEntry> entries) {
    return entries.stream().map(ArrayEntry::name).limit(50).toList();
  }

  private static void requireFolder(Path folder) {
    if (!Files.exists(folder)) {
      throw new UsageException(
          "read %s: there is no such folder. Check the path".formatted(folder));
    }
    if (!Files.isDirectory(folder)) {
      throw new UsageException(
          "read %s: a Zarr store is a folder, and this is none. Check the path, or unpack it"
              .formatted(folder));
    }
  }

  /** The arrays of a store, sorted by their names; no elements are read. */
  public static List<ArrayEntry> list(Path folder) {
    requireFolder(folder);
    try {
      return new ZarrListing(Store.in(folder, FileOperations.SYSTEM)).below("");
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static DeviceException failed(Path folder, IOException e) {
    return new DeviceException(
        "read %s: %s. Check the disk and the permissions of the files"
            .formatted(folder, AtomicFile.why(e)),
        e);
  }

  /** Copies a whole array to memory. */
  public static HostArray load(ArrayName name) {
    try (ZarrSource source = read(name)) {
      HostArray array = HostArray.allocate(source.dtype(), source.shape());
      try {
        source.read(Region.all(source.shape()), array.segment());
        source.requireIntact();
        return array;
      } catch (IOException | RuntimeException e) {
        array.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(name.file(), e);
    }
  }

  /**
   * A place to write an array to, such as {@code out.zarr} or {@code out.zarr#surface/tas}, in
   * place of an array that is there. Groups above it are made where they are missing.
   *
   * @throws UsageException when the place cannot be written to
   */
  public static ZarrTarget target(ArrayName name) {
    return target(name, ZarrEncoding.DEFAULT);
  }

  /** The same with chunks, codecs and byte order of the caller's choice. */
  public static ZarrTarget target(ArrayName name, ZarrEncoding encoding) {
    return target(name, encoding, FileOperations.SYSTEM);
  }

  /** The same, through these operations. */
  public static ZarrTarget target(
      ArrayName name, ZarrEncoding encoding, FileOperations operations) {
    return ZarrTarget.at(name, encoding, operations);
  }

  /** Writes an array; it appears complete or not at all. */
  public static void write(ArrayName name, HostArray array) {
    write(target(name), array);
  }

  /** The same, to a target of the caller's choice. */
  public static void write(ZarrTarget target, HostArray array) {
    try {
      target.open(array.dtype(), array.shape());
      target.write(Region.all(array.shape()), array.segment());
      target.commit();
    } catch (IOException e) {
      target.abort();
      throw new DeviceException("write: " + AtomicFile.why(e), e);
    } catch (RuntimeException | Error e) {
      target.abort();
      throw e;
    }
  }
}
