package dev.weft.io.npy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.MappedTarget;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * An npy file that appears complete or not at all; see {@link AtomicFile} for how, and {@link
 * MappedTarget}.
 */
public final class NpyTarget implements ArrayTarget {
  private final MappedTarget target;

  private NpyTarget(MappedTarget target) {
    this.target = target;
  }

  /**
   * A target that is known to be writable as far as that can be told without writing.
   *
   * @throws UsageException when it is not
   */
  static NpyTarget at(Path named, FileOperations operations) {
    AtomicFile file = AtomicFile.at(named, operations, "result.npy");
    return new NpyTarget(new MappedTarget(file, operations, NpyHeader::write));
  }

  /** The file that commit makes. */
  Path file() {
    return target.file();
  }

  @Override
  public MemorySegment open(DType dtype, Shape shape) {
    return target.open(dtype, shape);
  }

  @Override
  public void commit() {
    target.commit();
  }

  @Override
  public void abort() {
    target.abort();
  }
}
