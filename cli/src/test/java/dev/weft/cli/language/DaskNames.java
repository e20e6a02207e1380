package dev.weft.cli.language;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The public names of Dask's arrays, and the page that says which of them are here. */
record DaskNames(Map<String, List<Name>> sections) {
  private static final String HEAD =
      """
      # Dask's names

      The %d entries of [Dask's array page](https://docs.dask.org/en/stable/array-api.html), and where they are in Weft: %d here, %d
      under another name, %d not yet, %d not to come. Generated from what expressions and the Java API know, and from
      `cli/src/test/resources/dev/weft/cli/language/dask-names.txt`, which has other names and reasons; a test fails when the page
      says what is not so. Names with a dot and a capital letter are Java's, the others those of [expressions](expressions.md);
      reductions and elementwise functions are methods in Java too.
      """;

  /** Attributes of arrays, which expressions know beside functions. */
  private static final Set<String> ATTRIBUTES =
      Set.of("T", "shape", "size", "ndim", "nbytes", "dtype");

  /** Parts of Dask whose functions have no part of their own name here. */
  private static final Set<String> HOMES =
      Set.of("Array.", "overlap.", "lib.stride_tricks.", "stats.");

  private static final List<String> PACKAGES =
      List.of("dev.weft.core.", "dev.weft.core.shape.", "dev.weft.core.dtype.");

  /**
   * An entry.
   *
   * @param name as Dask has it
   * @param as the name here, where it is another
   * @param remark why it is not to come, or what else there is to say of the other name
   */
  record Name(String name, @Nullable String as, String remark) {
    /** Whether expressions know the name. */
    boolean isHere() {
      return isKnown(name)
          || HOMES.stream()
              .anyMatch(home -> name.startsWith(home) && isKnown(name.substring(home.length())));
    }

    boolean isNamedOtherwise() {
      return as != null && (isKnown(as) || isMethod(as));
    }

    private String row() {
      if (isHere()) {
        return "| `%s` | here | |\n".formatted(name);
      }
      if (as != null) {
        return "| `%s` | `%s` | %s |\n".formatted(name, as, remark);
      }
      return remark.isEmpty()
          ? "| `%s` | not yet | |\n".formatted(name)
          : "| `%s` | no | %s |\n".formatted(name, remark);
    }
  }

  private static boolean isKnown(String name) {
    return Functions.isKnown(name) || ATTRIBUTES.contains(name);
  }

  private static boolean isMethod(String name) {
    int dot = name.indexOf('.');
    for (String home : PACKAGES) {
      try {
        Method[] methods = Class.forName(home + name.substring(0, Math.max(dot, 0))).getMethods();
        return Arrays.stream(methods)
            .anyMatch(method -> method.getName().equals(name.substring(dot + 1)));
      } catch (ClassNotFoundException e) {
        continue;
      }
    }
    return false;
  }

  /** Reads lines {@code [section]}, {@code name}, {@code name<TAB>as<TAB>other<TAB>remark}. */
  static DaskNames read(String text) {
    Map<String, List<Name>> sections = new LinkedHashMap<>();
    List<Name> section = new ArrayList<>();
    for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
      if (line.startsWith("[")) {
        section = new ArrayList<>();
        sections.put(line.substring(1, line.length() - 1), section);
        continue;
      }
      String[] parts = line.split("\t");
      String kind = parts.length > 1 ? parts[1] : "";
      String last = parts.length > (kind.equals("as") ? 3 : 2) ? parts[parts.length - 1] : "";
      section.add(new Name(parts[0], kind.equals("as") ? parts[2] : null, last));
    }
    return new DaskNames(sections);
  }

  List<Name> all() {
    return sections.values().stream().flatMap(List::stream).toList();
  }

  String page() {
    List<Name> all = all();
    long here = all.stream().filter(Name::isHere).count();
    long other = all.stream().filter(name -> !name.isHere() && name.as != null).count();
    long never =
        all.stream()
            .filter(name -> !name.isHere() && name.as == null && !name.remark.isEmpty())
            .count();
    StringBuilder page =
        new StringBuilder(
            HEAD.formatted(all.size(), here, other, all.size() - here - other - never, never));
    sections.forEach(
        (title, names) -> {
          page.append("\n## ").append(title).append("\n\n| Dask | Weft | |\n|---|---|---|\n");
          names.forEach(name -> page.append(name.row()));
        });
    return page.toString();
  }
}
