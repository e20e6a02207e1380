package dev.weft.cli.table;

import dev.weft.cli.language.Parser;
import dev.weft.cli.language.SourceText;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.io.ArrayFiles;
import dev.weft.io.object.Addresses;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import dev.weft.table.source.TableFiles;
import dev.weft.table.source.TableReading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The tables behind names, opened when first used: files, or the demonstration data. */
public final class TableInputs implements TableEvaluator.Inputs {
  private static final String DEMONSTRATION = "timeseries";

  private final Session session;
  private final Function<String, TableReading> reading;
  private final Map<String, String> words;
  private final Set<String> opened = new HashSet<>();

  /**
   * Tables by name.
   *
   * @param reading how each is read
   * @param words name to a file, or {@code timeseries} or {@code timeseries(days=3)}
   */
  public TableInputs(
      Session session, Function<String, TableReading> reading, Map<String, String> words) {
    this.session = session;
    this.reading = reading;
    this.words = words;
  }

  @Override
  public List<String> names() {
    return List.copyOf(words.keySet());
  }

  @Override
  public Table open(String name) {
    String word = words.get(name);
    if (word == null) {
      throw new IllegalStateException("no input is called " + name);
    }
    opened.add(name);
    if (word.equals(DEMONSTRATION) || word.startsWith(DEMONSTRATION + "(")) {
      String call = word.equals(DEMONSTRATION) ? word + "()" : word;
      return TableEvaluator.evaluate(
          session, Parser.job(SourceText.of(call)), new TableInputs(session, reading, Map.of()));
    }
    refuseArrays(word);
    return Tables.read(session, Addresses.path(word), reading.apply(name));
  }

  /** Inputs that no expression named. */
  public List<String> unused() {
    return words.keySet().stream().filter(name -> !opened.contains(name)).toList();
  }

  /** A file of arrays is no table, and there is another command for it. */
  private static void refuseArrays(String file) {
    boolean array = ArrayFiles.extensions().stream().anyMatch(ending -> ends(file, ending));
    if (array && !isTable(file)) {
      throw new UsageException(
          "read %s: this is a file of arrays, and not of a table. Compute with it by weft run, such as: weft run 'x[:10]' x=%s"
              .formatted(file, file));
    }
  }

  private static boolean ends(String file, String ending) {
    String dotted = ending.startsWith(".") ? ending : "." + ending;
    return file.toLowerCase(Locale.ROOT).endsWith(dotted);
  }

  private static boolean isTable(String file) {
    return TableFiles.formats().stream()
        .flatMap(format -> format.extensions().stream())
        .anyMatch(ending -> ends(file, ending));
  }

  /** Refuses a name of a file that no format of tables writes, before anything is computed. */
  public static void requireTable(String file) {
    if (!isTable(file)) {
      List<String> endings = new ArrayList<>();
      TableFiles.formats().forEach(format -> endings.addAll(format.extensions()));
      throw new UsageException(
          "-o %s: no format of tables has files with this ending; there are %s"
              .formatted(file, String.join(", ", endings)));
    }
  }
}
