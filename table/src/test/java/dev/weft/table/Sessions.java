package dev.weft.table;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small tables for tests. */
final class Sessions {
  private Sessions() {}

  /** A session whose tables may keep so many bytes of waiting rows in memory, times four. */
  static Session small(Path folder, long memoryLimit) {
    return Session.open(
        SessionConfig.defaults().withMemoryLimit(memoryLimit).withSpillFolder(folder));
  }

  /** Names and lists of values, in turns. */
  static Map<String, List<?>> columns(Object... namesAndValues) {
    Map<String, List<?>> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.put((String) namesAndValues[i], (List<?>) namesAndValues[i + 1]);
    }
    return columns;
  }

  /** Values that may be null. */
  static List<?> list(Object... values) {
    return Arrays.asList(values);
  }

  /** All values, row by row. */
  static List<List<Object>> rows(Table table) {
    HostTable computed = table.compute();
    List<List<Object>> rows = new ArrayList<>();
    for (HostTable.Row row : computed) {
      List<Object> values = new ArrayList<>();
      computed.schema().names().forEach(name -> values.add(row.get(name)));
      rows.add(values);
    }
    return rows;
  }
}
