package dev.weft.io.netcdf;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.file.AtomicFile;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.MappedTarget;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of the classic formats while its variables are written, which all belong to one job: it is
 * begun when the last of them is known, and appears when the last of them is complete.
 */
final class ClassicDraft {
  private final AtomicFile file;
  private final FileOperations operations;
  private final @Nullable NewVariable[] variables;
  private int complete;
  private volatile @Nullable Output output;

  /** The file being written, as elements of one array of bytes. */
  private record Output(MappedTarget target, ClassicLayout layout, MemorySegment data) {}

  /**
   * A file of so many variables.
   *
   * @throws UsageException when it cannot be written, as far as that can be told without writing
   */
  ClassicDraft(AtomicFile file, FileOperations operations, int count) {
    this.file = file;
    this.operations = operations;
    this.variables = new NewVariable[count];
  }

  /** Takes what is known of a variable now; the last one begins the file. */
  synchronized void open(int number, NewVariable variable) {
    variables[number] = variable;
    if (Arrays.stream(variables).anyMatch(Objects::isNull)) {
      return;
    }
    try {
      ClassicLayout layout =
          ClassicLayout.of(Arrays.stream(variables).map(Objects::requireNonNull).toList());
      MappedTarget target = new MappedTarget(file, operations, (dtype, shape) -> layout.header());
      MemorySegment data = target.open(DType.UINT8, Shape.of(layout.bytes()));
      complete = 0;
      output = new Output(target, layout, data);
    } catch (RuntimeException | Error e) {
      variables[number] = null;
      throw e;
    }
  }

  private Output requireBegun() {
    Output begun = output;
    if (begun == null) {
      throw new UsageException(
          "write %s: %d variables of the file are to be written together, but not all are open. Compute all of them in one job"
              .formatted(file.path(), variables.length));
    }
    return begun;
  }

  /** Puts a part of a variable at its place. */
  void write(int number, Region region, MemorySegment elements) {
    Output begun = requireBegun();
    NewVariable variable = Objects.requireNonNull(variables[number]);
    BigEndianCopy.copy(
        region,
        elements,
        variable.shape(),
        variable.type().size(),
        begun.data.asSlice(begun.layout.begins()[number]));
  }

  /** A variable is complete; after the last one the file appears. */
  synchronized void commit() {
    Output begun = requireBegun();
    complete++;
    if (complete == variables.length) {
      end();
      begun.target.commit();
    }
  }

  /** Removes what was written of all variables. */
  synchronized void abort() {
    Output abandoned = output;
    end();
    if (abandoned != null) {
      abandoned.target.abort();
    }
  }

  private void end() {
    Arrays.fill(variables, null);
    output = null;
  }
}
