package dev.weft.io.zarr;

import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import dev.weft.io.FileFormat;
import dev.weft.io.Resumption;
import dev.weft.io.WriteOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Zarr stores among the other formats. */
public final class ZarrFormat implements FileFormat {
  /** What lies in the folder of an array or of a group. */
  private static final List<String> METADATA = List.of("zarr.json", ".zarray", ".zgroup");

  @Override
  public String name() {
    return "zarr";
  }

  @Override
  public List<String> extensions() {
    return List.of("zarr");
  }

  @Override
  public boolean recognizes(Path file, byte[] begin) {
    return isStore(file);
  }

  static boolean isStore(Path folder) {
    return METADATA.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }

  @Override
  public boolean isFolder() {
    return true;
  }

  @Override
  public boolean isRanged() {
    return true;
  }

  @Override
  public ArraySource open(ArrayName name) {
    return Zarr.read(name);
  }

  @Override
  public List<ArrayEntry> list(Path file) {
    return Zarr.list(file);
  }

  @Override
  public ArrayTarget create(ArrayName name) {
    return Zarr.target(name);
  }

  @Override
  public ArrayTarget create(ArrayName name, WriteOptions options) {
    return Zarr.target(name, ZarrEncoding.of(name, options));
  }

  @Override
  public ArrayTarget resume(ArrayName name, WriteOptions options, Resumption job) {
    return Zarr.target(name, ZarrEncoding.of(name, options)).resuming(job);
  }
}
