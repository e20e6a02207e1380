package dev.weft.core.picture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a graph that is drawn.
 *
 * <pre>{@code
 * PictureNode.of("7", "multiply", PictureNode.Kind.ELEMENTWISE)
 *     .withDetail("float64 (4000, 5000)")
 *     .withFact("bytes", "152.6 MiB");
 * }</pre>
 *
 * @param id what edges name it by; one node for each in a graph
 * @param label the first line in its box
 * @param detail the second line; empty for none
 * @param kind which work it is
 * @param device where it runs, null where that is not known yet
 * @param count of how many equal pieces of work it stands for; 1 for itself
 * @param result whether it is what was asked for
 * @param facts what a pointer that rests on it is told, by name, in order
 */
public record PictureNode(
    String id,
    String label,
    String detail,
    Kind kind,
    @Nullable String device,
    long count,
    boolean result,
    Map<String, String> facts) {

  /** Copies the facts. */
  public PictureNode {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** A node that stands for itself and of which nothing more is known. */
  public static PictureNode of(String id, String label, Kind kind) {
    return new PictureNode(id, label, "", kind, null, 1, false, Map.of());
  }

  /** The same with a second line. */
  public PictureNode withDetail(String text) {
    return new PictureNode(id, label, text, kind, device, count, result, facts);
  }

  /** The same on a device. */
  public PictureNode withDevice(@Nullable String name) {
    return new PictureNode(id, label, detail, kind, name, count, result, facts);
  }

  /** The same for so many pieces of work. */
  public PictureNode withCount(long number) {
    return new PictureNode(id, label, detail, kind, device, number, result, facts);
  }

  /** The same as a result. */
  public PictureNode asResult() {
    return new PictureNode(id, label, detail, kind, device, count, true, facts);
  }

  /** The same with one more fact. */
  public PictureNode withFact(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(facts);
    more.put(name, value);
    return new PictureNode(id, label, detail, kind, device, count, result, more);
  }

  /** Which work a node is; each has a colour. */
  public enum Kind {
    /** Elements that are there, or are made from nothing. */
    SOURCE("source"),
    /** Operations element by element. */
    ELEMENTWISE("elementwise"),
    /** Reductions, and the joining of partial results. */
    REDUCTION("reduction"),
    /** The same elements in other places or other chunks. */
    VIEW("view, rechunk"),
    /** Routines of a library: matrix products, gathers, cumulative sums. */
    LIBRARY("library routine"),
    /** A job of arrays, among tasks of other kinds. */
    ARRAY("array"),
    /** The user's own Java. */
    USER("user code"),
    /** Writing to files and other targets. */
    WRITE("write");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** What a legend calls it. */
    public String text() {
      return text;
    }
  }
}
