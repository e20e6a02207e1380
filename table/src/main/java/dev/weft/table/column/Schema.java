package dev.weft.table.column;

import dev.weft.core.error.UsageException;
import dev.weft.core.text.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of a table, in order; no two have the same name. */
public final class Schema {
  private static final int MOST_SHOWN = 12;

  private final List<Field> fields;
  private final Map<String, Integer> places = new HashMap<>();

  private Schema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    for (Field field : fields) {
      if (places.put(field.name(), places.size()) != null) {
        throw new UsageException(
            "two columns are named '%s'; give each a name of its own".formatted(field.name()));
      }
    }
  }

  /** Columns in order. */
  public static Schema of(List<Field> fields) {
    return new Schema(fields);
  }

  /** Columns in order. */
  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  /** The columns, in order. */
  public List<Field> fields() {
    return fields;
  }

  /** Number of columns. */
  public int size() {
    return fields.size();
  }

  /** The names, in order. */
  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** Whether there is a column of this name. */
  public boolean has(String name) {
    return places.containsKey(name);
  }

  /**
   * Where a column is, from 0.
   *
   * @throws UsageException when there is none of this name; names the nearest
   */
  public int index(String name) {
    Integer place = places.get(name);
    if (place == null) {
      String near = Suggestions.didYouMean(name, names());
      throw new UsageException(
          "there is no column '%s'%s The table has %s"
              .formatted(name, near.isEmpty() ? "." : near, shown()));
    }
    return place;
  }

  /** The column of a name; refused as {@link #index} does. */
  public Field field(String name) {
    return fields.get(index(name));
  }

  /** Only these columns, in the order of the names. */
  public Schema select(List<String> names) {
    return new Schema(names.stream().map(this::field).toList());
  }

  /** Only these columns, in the order in which they are here. */
  public Schema keep(Collection<String> names) {
    return new Schema(fields.stream().filter(field -> names.contains(field.name())).toList());
  }

  private String shown() {
    if (fields.isEmpty()) {
      return "no columns";
    }
    List<String> names = new ArrayList<>(names());
    int more = names.size() - MOST_SHOWN;
    return String.join(", ", names.subList(0, Math.min(MOST_SHOWN, names.size())))
        + (more > 0 ? " and %,d more".formatted(more) : "");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schema schema && schema.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** {@code name: string, x: float64}. */
  @Override
  public String toString() {
    return String.join(
        ", ", fields.stream().map(field -> field.name() + ": " + field.type().label()).toList());
  }
}
