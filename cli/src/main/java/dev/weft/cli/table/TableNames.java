package dev.weft.cli.table;

import dev.weft.core.text.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a job has assigned, and those of its inputs, which are opened once. */
final class TableNames {
  private final TableEvaluator.Inputs inputs;
  private final Map<String, TableValue> known = new LinkedHashMap<>();

  TableNames(TableEvaluator.Inputs inputs) {
    this.inputs = inputs;
  }

  void assign(String name, TableValue value) {
    known.put(name, value);
  }

  /** What a name stands for; null where it is unknown. */
  @Nullable TableValue find(String name) {
    TableValue value = known.get(name);
    if (value == null && inputs.names().contains(name)) {
      value = new TableValue.Rows(inputs.open(name));
      known.put(name, value);
    }
    return value;
  }

  /** What is said of a name that is not known. */
  String unknown(String name) {
    List<String> here = new ArrayList<>(inputs.names());
    known.keySet().stream().filter(each -> !here.contains(each)).forEach(here::add);
    return "unknown table '%s'%s (%s)"
        .formatted(
            name,
            Suggestions.didYouMean(name, here),
            here.isEmpty()
                ? "no inputs are given; add for instance %s=data.csv".formatted(name)
                : "known here: " + String.join(", ", here));
  }
}
