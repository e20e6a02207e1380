package dev.weft.io;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A job that goes on where an earlier one was interrupted. What that one has completed is taken
 * over if it was the same job:
 *
 * <pre>{@code
 * Map<String, String> facts = Map.of("expression", "x - mean(x)", "input x", ArrayFiles.state(x));
 * Zarr.target(name, ZarrEncoding.DEFAULT).resuming(new Resumption(facts, System.err::println));
 * }</pre>
 *
 * @param facts all that the result depends on, under names for people: what is computed, the state
 *     of its inputs, versions, settings. The target adds type, shape and encoding.
 * @param told hears in one line what is taken over, or which fact differs
 */
public record Resumption(Map<String, String> facts, Consumer<String> told) {
  /** Sorts the facts. */
  public Resumption {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** The same with one fact more. */
  public Resumption with(String name, String value) {
    Map<String, String> more = new TreeMap<>(facts);
    more.put(name, value);
    return new Resumption(more, told);
  }
}
