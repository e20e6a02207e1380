package dev.weft.core.task;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;

/**
 * Stands in an expression for elements that a call computes: before a job begins, the session
 * computes the call and puts its result in this place.
 *
 * @param delayed computes the elements
 */
public record DelayedSource(Delayed<?> delayed, DType dtype, Shape shape) implements ArraySource {
  @Override
  public String description() {
    return "task '" + delayed.options().name() + "'";
  }

  @Override
  public void read(Region region, MemorySegment target) {
    throw new InternalException(description() + " was not computed before the job that reads it");
  }
}
