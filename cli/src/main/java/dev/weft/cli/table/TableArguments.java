package dev.weft.cli.table;

import dev.weft.core.error.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the names of tables stand for: files, or the demonstration data. A file without a name is
 * {@code t}.
 */
public final class TableArguments {
  private static final String ALONE = "t";

  private TableArguments() {}

  /** Name to what it stands for, of words such as {@code t=data.csv}. */
  public static Map<String, String> inputs(List<String> words) {
    Map<String, String> inputs = new LinkedHashMap<>();
    String unnamed = null;
    for (String word : words) {
      int equals = word.indexOf('=');
      String before = equals < 0 ? "" : word.substring(0, equals);
      boolean named = before.matches("[\\p{L}_][\\p{L}\\p{N}_]*");
      if (named && equals == word.length() - 1) {
        throw new UsageException("the input '%s' is not of the form name=file.csv".formatted(word));
      }
      if (!named && unnamed != null) {
        throw new UsageException(
            "the inputs %s and %s have no names; write t=%s u=%s"
                .formatted(unnamed, word, unnamed, word));
      }
      unnamed = named ? unnamed : word;
      String name = named ? before : ALONE;
      if (inputs.put(name, named ? word.substring(equals + 1) : word) != null) {
        throw new UsageException("the input " + name + " is given twice");
      }
    }
    return inputs;
  }
}
