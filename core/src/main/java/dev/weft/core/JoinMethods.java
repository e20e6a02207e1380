package dev.weft.core;

import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Arrays joined by NumPy's rules for arrays of few axes. */
public sealed interface JoinMethods permits Session {
  /** The session itself. */
  Session self();

  /**
   * All elements in C order of one array after those of the other, whatever their shapes: NumPy's
   * {@code concatenate(parts, axis=None)}.
   */
  default NDArray concatenateRaveled(NDArray... parts) {
    return self().concatenate(0, each(parts, NDArray::ravel));
  }

  /** Arrays on top of each other: along the first axis, those of one axis as rows. */
  default NDArray vstack(NDArray... parts) {
    return self().concatenate(0, each(parts, JoinMethods::row));
  }

  /** Arrays beside each other: along the second axis, those of one axis along it. */
  default NDArray hstack(NDArray... parts) {
    NDArray[] vectors = each(parts, JoinMethods::vector);
    return self().concatenate(vectors.length > 0 && vectors[0].rank() > 1 ? 1 : 0, vectors);
  }

  /** Arrays behind each other: along the third axis, which those of fewer axes get. */
  default NDArray dstack(NDArray... parts) {
    return self()
        .concatenate(2, each(parts, part -> row(part).rank() > 2 ? part : row(part).expandDims(2)));
  }

  /**
   * Arrays beside each other: along the second axis, those of one axis as columns.
   *
   * @throws UsageException where the extents along other axes differ
   */
  default NDArray columnStack(NDArray... parts) {
    return self()
        .concatenate(1, each(parts, part -> part.rank() > 1 ? part : vector(part).expandDims(1)));
  }

  private static NDArray vector(NDArray part) {
    return part.rank() == 0 ? part.reshape(1) : part;
  }

  private static NDArray row(NDArray part) {
    return part.rank() > 1 ? part : vector(part).expandDims(0);
  }

  private static NDArray[] each(NDArray[] parts, UnaryOperator<NDArray> change) {
    return Arrays.stream(parts).map(change).toArray(NDArray[]::new);
  }
}
