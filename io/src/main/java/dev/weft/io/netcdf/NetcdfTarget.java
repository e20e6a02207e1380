package dev.weft.io.netcdf;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArrayTarget;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.NewArray;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a new file of netCDF's classic formats. Parts are put at their place in the mapped
 * file as they come, on the threads that bring them, whatever the chunks. The file appears complete
 * or not at all, with all variables of the job.
 */
final class NetcdfTarget implements ArrayTarget {
  private final ClassicDraft draft;
  private final int number;
  private final NewArray array;
  private boolean isOpen;

  /** The variable of this number in a file. */
  NetcdfTarget(ClassicDraft draft, int number, NewArray array) {
    this.draft = draft;
    this.number = number;
    this.array = array;
  }

  private UsageException refused(String reason) {
    return new UsageException("write %s: %s".formatted(array.name(), reason));
  }

  @Override
  public boolean takesRegions() {
    return true;
  }

  @Override
  public @Nullable MemorySegment open(DType dtype, Shape shape) {
    if (isOpen) {
      throw refused("the target is open already. Use one target per job");
    }
    draft.open(number, NewVariable.of(array.name(), dtype, shape, array.options()));
    isOpen = true;
    return null;
  }

  private void requireOpen() {
    if (!isOpen) {
      throw refused("nothing is open. Call open first");
    }
  }

  @Override
  public void write(Region region, MemorySegment elements) {
    requireOpen();
    draft.write(number, region, elements);
  }

  @Override
  public void commit() {
    requireOpen();
    isOpen = false;
    draft.commit();
  }

  @Override
  public void abort() {
    if (isOpen) {
      isOpen = false;
      draft.abort();
    }
  }
}
