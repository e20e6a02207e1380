package dev.weft.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A table of many partitions is shown as one in memory is. */
class FirstAndLastRowsTest {
  @Test
  void partitionsDoNotMatter() {
    try (Session session = Session.open()) {
      List<Integer> numbers = IntStream.range(0, 23).boxed().toList();
      for (int partitions : new int[] {1, 2, 7, 23, 40}) {
        Table table = Tables.ofRows(session, Map.of("n", numbers), partitions);
        for (int most = 1; most <= 24; most++) {
          assertThat(table.text(most)).isEqualTo(TablePrinter.text(table.compute().batch(), most));
        }
      }
    }
  }

  @Test
  void atLeastOneRowIsShown() {
    try (Session session = Session.open()) {
      Table table = Tables.ofRows(session, Map.of("n", List.of(1)), 1);
      assertThatThrownBy(() -> table.text(0))
          .isInstanceOf(UsageException.class)
          .hasMessage("text of 0 rows; give 1 or more");
    }
  }
}
