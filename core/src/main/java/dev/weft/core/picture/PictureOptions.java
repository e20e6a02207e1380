package dev.weft.core.picture;

import dev.weft.core.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a picture shows and how.
 *
 * <pre>{@code
 * PictureOptions.defaults().withViews(View.STAGES).withColor(Color.DEVICE)
 * }</pre>
 *
 * @param views which graphs, in the order of their names here
 * @param color what colours tell
 * @param mostNodes graphs of more nodes are summarised
 * @param title what stands above the graphs; empty for what the picture is of
 */
public record PictureOptions(Set<View> views, Color color, int mostNodes, String title) {
  private static final int MOST_NODES = 300;

  /** Copies the views. */
  public PictureOptions {
    views = Set.copyOf(views);
    if (mostNodes < 1) {
      throw new UsageException(
          "a picture of at most %d nodes was asked for; it must be 1 or more".formatted(mostNodes));
    }
  }

  /** All views, coloured by kind; graphs of more than 300 nodes are summarised. */
  public static PictureOptions defaults() {
    return new PictureOptions(Set.of(View.values()), Color.KIND, MOST_NODES, "");
  }

  /** The same with these views. */
  public PictureOptions withViews(View... wanted) {
    return new PictureOptions(Set.copyOf(List.of(wanted)), color, mostNodes, title);
  }

  /** The same in other colours. */
  public PictureOptions withColor(Color other) {
    return new PictureOptions(views, other, mostNodes, title);
  }

  /** The same with another limit, above which graphs are summarised. */
  public PictureOptions withMostNodes(int most) {
    return new PictureOptions(views, color, most, title);
  }

  /** The same under another title. */
  public PictureOptions withTitle(String text) {
    return new PictureOptions(views, color, mostNodes, text);
  }

  /** The views in order. */
  public Set<View> orderedViews() {
    return new TreeSet<>(views);
  }

  /** The graphs of a job of arrays. */
  public enum View {
    /** Operations as they were written. */
    EXPRESSION,
    /** Kernels and other work after fusion, each over all its chunks. */
    STAGES,
    /** One node for each chunk of each stage. */
    TASKS
  }

  /** What colours tell. */
  public enum Color {
    /** Which work a node is. */
    KIND,
    /** Where it runs. */
    DEVICE
  }

  /**
   * The constant of a name in any case.
   *
   * @param what what the name stands for, as errors call it
   * @throws UsageException when there is none; names those that there are
   */
  public static <E extends Enum<E>> E parse(Class<E> type, String what, String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(name)) {
        return constant;
      }
    }
    String known =
        String.join(
            ", ",
            Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList());
    throw new UsageException("%s is '%s'; it may be %s".formatted(what, name, known));
  }
}
