package dev.weft.cli.options;

import dev.weft.core.ChunkSpec;
import dev.weft.io.ReadOptions;
import java.util.function.Function;

/**
 * How inputs are read, by their names.
 *
 * @param chunks how each is cut
 * @param options how its files are opened
 */
public record Reading(Function<String, ChunkSpec> chunks, Function<String, ReadOptions> options) {
  /** As automatic as can be. */
  public static final Reading AUTOMATIC =
      new Reading(name -> ChunkSpec.auto(), name -> ReadOptions.PLAIN);
}
