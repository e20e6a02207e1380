package dev.weft.cli.options;

import dev.weft.core.ChunkSpec;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * How inputs are read, by their names.
 *
 * @param chunks how each is cut
 * @param joins the axis along which several files are joined; none where they are stacked
 */
public record Reading(Function<String, ChunkSpec> chunks, Function<String, OptionalInt> joins) {
  /** As automatic as can be. */
  public static final Reading AUTOMATIC =
      new Reading(name -> ChunkSpec.auto(), name -> OptionalInt.empty());
}
