package dev.weft.table;

import static dev.weft.table.Sessions.columns;
import static dev.weft.table.Sessions.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TablePrinterTest {
  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static HostTable table() {
    return Tables.ofRows(
            session,
            columns(
                "name", list("Ada", null, "a\nb"),
                "i", list(1, 20, null),
                "x", list(0.5, Double.NaN, -12.25),
                "large", list(1e300, 1.0, null),
                "t", list(Instant.EPOCH, null, Instant.parse("2026-11-28T22:05:00.5Z")),
                "b", list(true, false, null)),
            2)
        .compute();
  }

  @Test
  void columnsAreAligned() {
    assertThat(table().toString())
        .isEqualTo(
            """
            name     i       x    large                       t      b
            ----  ----  ------  -------  ----------------------  -----
            Ada      1    0.50  1.e+300    1970-01-01T00:00:00Z   true
            null    20     nan  1.e+000                    null  false
            a\\nb  null  -12.25     null  2026-11-28T22:05:00.5Z   null
            """);
  }

  @Test
  void ofManyRowsTheFirstAndLastAreShown() {
    List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
    HostTable all = Tables.ofRows(session, columns("i", numbers), 3).compute();
    assertThat(all.toString().lines())
        .hasSize(2 + 41 + 1)
        .startsWith("  i", "---", "  0")
        .contains("...")
        .endsWith("999", "(1,000 rows)");
    assertThat(Tables.ofRows(session, columns("i", list()), 1).compute().toString())
        .isEqualTo("i\n-\n(no rows)\n");
  }

  @Test
  void valuesAreReadByTheirType() {
    HostTable table = table();
    assertThat(table.getString(0, "name")).isEqualTo("Ada");
    assertThat(table.getLong(1, "i")).isEqualTo(20);
    assertThat(table.getDouble(1, "i")).isEqualTo(20);
    assertThat(table.getDouble(2, "x")).isEqualTo(-12.25);
    assertThat(table.getInstant(0, "t")).isEqualTo(Instant.EPOCH);
    assertThat(table.getBoolean(0, "b")).isTrue();
    assertThat(table.isNull(2, "i")).isTrue();
    assertThat(table.get(2, "i")).isNull();
    assertThat(table.doubles("i")).containsExactly(1, 20, Double.NaN);
  }

  @Test
  void otherTypesMissingValuesAndRowsAreRefused() {
    HostTable table = table();
    assertThatThrownBy(() -> table.getLong(0, "x"))
        .isInstanceOf(UsageException.class)
        .hasMessage("column x is float64 and not an integer; use get, or cast it before computing");
    assertThatThrownBy(() -> table.getString(0, "i"))
        .hasMessage("column i is int64 and not string; use get, or cast it before computing");
    assertThatThrownBy(() -> table.getLong(2, "i"))
        .hasMessage("i of row 2 is missing. Ask isNull first, or use fillNull before computing");
    assertThatThrownBy(() -> table.getLong(7, "i"))
        .hasMessage("row 7 of a table of 3 rows; rows are numbered from 0");
    assertThatThrownBy(() -> table.doubles("name"))
        .hasMessage("column name is string and not a number; use get, or cast it before computing");
  }
}
