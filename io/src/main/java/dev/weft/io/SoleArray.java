package dev.weft.io;

import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which array of a file is meant where none is named: the only one that there is, or the only one
 * that does not describe another. Coordinates, bounds and grid mappings describe, by the rules of
 * the CF conventions.
 */
public final class SoleArray {
  private static final int LISTED = 20;

  /** Attributes that name other variables, or hold such names behind a colon. */
  private static final List<String> NAMING =
      List.of("coordinates", "bounds", "climatology", "grid_mapping", "cell_measures");

  private SoleArray() {}

  /**
   * The name of the array that is meant.
   *
   * @throws UsageException when there are several, or none; lists their names and shapes
   */
  public static String of(Path file, List<ArrayEntry> entries) {
    List<ArrayEntry> readable = entries.stream().filter(ArrayEntry::isReadable).toList();
    if (readable.size() == 1) {
      return readable.getFirst().name();
    }
    Set<String> named = named(entries);
    List<ArrayEntry> data =
        readable.stream()
            .filter(entry -> !isCoordinate(entry) && !named.contains(entry.name()))
            .toList();
    if (data.size() == 1) {
      return data.getFirst().name();
    }
    String rest = entries.size() > LISTED ? " and %,d more".formatted(entries.size() - LISTED) : "";
    throw new UsageException(
        entries.isEmpty()
            ? "read %s: it holds no arrays. Check the file".formatted(file)
            : "read %s: it holds %s%s. Name one of them behind a #, as in %s#%s"
                .formatted(
                    file,
                    entries.stream()
                        .limit(LISTED)
                        .map(SoleArray::described)
                        .collect(Collectors.joining(", ")),
                    rest,
                    file,
                    (readable.isEmpty() ? entries : readable).getFirst().name()));
  }

  private static String described(ArrayEntry entry) {
    return "%s %s %s".formatted(entry.name(), entry.type(), entry.shape());
  }

  /** An array of one axis that has its name, or is of the name of its group and the axis. */
  private static boolean isCoordinate(ArrayEntry entry) {
    return entry.dimensions().size() == 1
        && entry.dimensions().getFirst().equals(last(entry.name()));
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static Set<String> named(List<ArrayEntry> entries) {
    Set<String> named = new HashSet<>();
    for (ArrayEntry entry : entries) {
      String group = entry.name().substring(0, entry.name().length() - last(entry.name()).length());
      for (String attribute : NAMING) {
        String names = entry.attributes().getOrDefault(attribute, "");
        for (String name : names.split("[\\s:]+")) {
          named.add(group + name);
        }
      }
    }
    return named;
  }
}
