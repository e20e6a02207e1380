package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.concat;
import static dev.weft.table.Columns.lit;
import static dev.weft.table.Sessions.columns;
import static dev.weft.table.Sessions.list;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.core.op.ElementwiseOps;
import dev.weft.table.column.ColumnType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExpressionsTest {
  private static final Instant NOON = Instant.parse("2026-03-29T12:34:56.000000789Z");

  private static Session session;
  private static Table table;

  @BeforeAll
  static void open() {
    session = Session.open();
    table =
        Tables.ofRows(
            session,
            columns(
                "i", list(1, 2, null, 4),
                "x", list(0.5, Double.NaN, 2.0, null),
                "b", list(true, null, false, true),
                "s", list("Ada", "Bob-b", null, "Äöü-z"),
                "t", list(NOON, Instant.parse("1969-12-31T23:59:59Z"), null, NOON)),
            2);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static List<Object> values(Column column) {
    List<Object> values = new ArrayList<>();
    for (HostTable.Row row : table.select(column.as("r")).compute()) {
      values.add(row.get("r"));
    }
    return values;
  }

  private static String type(Column column) {
    return table.select(column.as("r")).schema().field("r").type().label();
  }

  @Test
  void arithmeticIsThatOfArrays() {
    assertThat(values(col("i").add(1))).isEqualTo(list(2L, 3L, null, 5L));
    assertThat(values(col("i").divide(2))).isEqualTo(list(0.5, 1.0, null, 2.0));
    assertThat(values(col("x").multiply(col("i")))).isEqualTo(list(0.5, Double.NaN, null, null));
    assertThat(values(lit(1).subtract(col("i")))).isEqualTo(list(0L, -1L, null, -3L));
    assertThat(values(lit(1).add(2))).isEqualTo(list(3L, 3L, 3L, 3L));
    assertThat(values(col("i").apply(ElementwiseOps.HYPOT, 0)))
        .isEqualTo(list(1.0, 2.0, null, 4.0));
    assertThat(type(col("i").add(1.5))).isEqualTo("float64");
    assertThat(type(col("i").cast("int8").add(1))).isEqualTo("int8");
  }

  @Test
  void comparisonsOfWhatIsMissingAreMissing() {
    assertThat(values(col("x").greater(1))).isEqualTo(list(false, false, true, null));
    assertThat(values(col("s").less("B"))).isEqualTo(list(true, false, null, false));
    assertThat(values(lit("Ada").equal(col("s")))).isEqualTo(list(true, false, null, false));
    assertThat(values(col("s").equal(col("s")))).isEqualTo(list(true, true, null, true));
    assertThat(values(col("i").between(2, 4))).isEqualTo(list(false, true, null, true));
  }

  @Test
  void andAndOrKnowWhatOneOperandDecides() {
    Column missing = col("i").greater(0).and(col("x").greater(100));
    assertThat(values(col("b").and(false))).isEqualTo(list(false, false, false, false));
    assertThat(values(col("b").or(true))).isEqualTo(list(true, true, true, true));
    assertThat(values(col("b").and(col("i").greater(1)))).isEqualTo(list(false, null, false, true));
    assertThat(values(col("b").or(col("i").greater(1)))).isEqualTo(list(true, true, null, true));
    assertThat(values(col("b").not())).isEqualTo(list(false, null, true, false));
    assertThat(values(missing)).isEqualTo(list(false, false, false, null));
  }

  @Test
  void choicesTakeTheSecondWhereTheConditionIsMissing() {
    assertThat(values(col("b").where(col("i"), -1))).isEqualTo(list(1L, -1L, -1L, 4L));
    assertThat(values(col("b").where("yes", "no"))).isEqualTo(list("yes", "no", "no", "yes"));
    assertThat(values(col("b").where(col("s"), "no"))).isEqualTo(list("Ada", "no", "no", "Äöü-z"));
    assertThat(values(col("b").where(1.5, col("x")))).isEqualTo(list(1.5, Double.NaN, 2.0, 1.5));
  }

  @Test
  void missingValuesAreFilledAndFound() {
    assertThat(values(col("i").fillNull(9))).isEqualTo(list(1L, 2L, 9L, 4L));
    assertThat(values(col("x").fillNull(col("i")))).isEqualTo(list(0.5, Double.NaN, 2.0, 4.0));
    assertThat(values(col("s").fillNull("?"))).isEqualTo(list("Ada", "Bob-b", "?", "Äöü-z"));
    assertThat(values(col("t").fillNull("1970-01-01")).get(2)).isEqualTo(Instant.EPOCH);
    assertThat(values(col("i").isNull())).isEqualTo(list(false, false, true, false));
    assertThat(values(col("s").isNull())).isEqualTo(list(false, false, true, false));
    assertThat(values(lit(1).isNull())).isEqualTo(list(false, false, false, false));
  }

  @Test
  void membershipIsOfTheColumnsType() {
    assertThat(values(col("i").isIn(1, 4, 7))).isEqualTo(list(true, false, null, true));
    assertThat(values(col("x").isIn(2, 0.5))).isEqualTo(list(true, false, true, null));
    assertThat(values(col("s").isIn("Ada", "Eve"))).isEqualTo(list(true, false, null, false));
    assertThat(values(col("t").isIn(NOON))).isEqualTo(list(true, false, null, true));
  }

  @Test
  void textHasItsFunctions() {
    assertThat(values(col("s").text().length())).isEqualTo(list(3L, 5L, null, 5L));
    assertThat(values(col("s").text().upper())).isEqualTo(list("ADA", "BOB-B", null, "ÄÖÜ-Z"));
    assertThat(values(col("s").text().lower())).isEqualTo(list("ada", "bob-b", null, "äöü-z"));
    assertThat(values(col("s").text().contains("-"))).isEqualTo(list(false, true, null, true));
    assertThat(values(col("s").text().startsWith("A"))).isEqualTo(list(true, false, null, false));
    assertThat(values(col("s").text().endsWith("z"))).isEqualTo(list(false, false, null, true));
    assertThat(values(col("s").text().matches("^[A-Z]b")))
        .isEqualTo(list(false, false, null, false));
    assertThat(values(col("s").text().replace("-", "+")))
        .isEqualTo(list("Ada", "Bob+b", null, "Äöü+z"));
    assertThat(values(col("s").text().split("-", 1))).isEqualTo(list(null, "b", null, "z"));
    assertThat(values(col("s").text().split("-", -1))).isEqualTo(list("Ada", "b", null, "z"));
    assertThat(values(col("s").text().slice(1, 3))).isEqualTo(list("da", "ob", null, "öü"));
    assertThat(values(concat("<", col("s"), ":", col("i"), ">")))
        .isEqualTo(list("<Ada:1>", "<Bob-b:2>", null, "<Äöü-z:4>"));
    assertThat(values(lit("  a ").text().strip())).isEqualTo(list("a", "a", "a", "a"));
  }

  @Test
  void momentsHaveParts() {
    assertThat(values(col("t").year())).isEqualTo(list(2026L, 1969L, null, 2026L));
    assertThat(values(col("t").month())).isEqualTo(list(3L, 12L, null, 3L));
    assertThat(values(col("t").day())).isEqualTo(list(29L, 31L, null, 29L));
    assertThat(values(col("t").dayOfWeek())).isEqualTo(list(7L, 3L, null, 7L));
    assertThat(values(col("t").dayOfYear())).isEqualTo(list(88L, 365L, null, 88L));
    assertThat(values(col("t").hour())).isEqualTo(list(12L, 23L, null, 12L));
    assertThat(values(col("t").minute())).isEqualTo(list(34L, 59L, null, 34L));
    assertThat(values(col("t").second())).isEqualTo(list(56L, 59L, null, 56L));
    assertThat(values(col("t").nanosecond())).isEqualTo(list(789L, 0L, null, 789L));
    assertThat(values(col("t").floor("15min")).getFirst())
        .isEqualTo(Instant.parse("2026-03-29T12:30:00Z"));
    assertThat(values(col("t").floor("1mo")).subList(0, 2))
        .isEqualTo(
            list(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("1969-12-01T00:00:00Z")));
    assertThat(values(col("t").floor("w")).getFirst())
        .isEqualTo(Instant.parse("2026-03-23T00:00:00Z"));
  }

  @Test
  void partsOfMomentsAreThoseOfTheZone() {
    Column berlin = col("t").cast("timestamp[Europe/Berlin]");
    // On this day clocks went from 2 to 3 o'clock, before this moment.
    assertThat(values(berlin.hour())).isEqualTo(list(14L, 0L, null, 14L));
    assertThat(values(berlin.floor("1d")).subList(0, 2))
        .isEqualTo(
            list(Instant.parse("2026-03-28T23:00:00Z"), Instant.parse("1969-12-31T23:00:00Z")));
  }

  @Test
  void momentsAreComparedSubtractedAndMoved() {
    assertThat(values(col("t").greater("2000-01-01"))).isEqualTo(list(true, false, null, true));
    assertThat(values(col("t").subtract(Instant.EPOCH)).get(1)).isEqualTo(-1_000_000_000L);
    assertThat(values(col("t").add(1_000_000_000L)).get(1)).isEqualTo(Instant.EPOCH);
    assertThat(type(col("t").subtract(col("t")))).isEqualTo("int64");
  }

  @Test
  void castsReadTextAndWriteIt() {
    assertThat(values(lit("12").cast("int32")).getFirst()).isEqualTo(12L);
    assertThat(values(lit(" nan ").cast("float64")).getFirst()).isEqualTo(Double.NaN);
    assertThat(values(lit("true").cast("bool")).getFirst()).isEqualTo(true);
    assertThat(values(lit("2026-03-29T12:34:56.000000789").cast("timestamp")).getFirst())
        .isEqualTo(NOON);
    assertThat(values(col("i").cast("string"))).isEqualTo(list("1", "2", null, "4"));
    assertThat(values(col("x").cast("string"))).isEqualTo(list("0.5", "nan", "2.0", null));
    assertThat(values(col("t").cast("string")).getFirst())
        .isEqualTo("2026-03-29T12:34:56.000000789Z");
    assertThat(values(col("t").cast("int64")).get(1)).isEqualTo(-1_000_000_000L);
  }

  @Test
  void constantsAreCastAsColumnsAre() {
    assertThat(values(lit(2.75).cast("int32")).getFirst()).isEqualTo(2L);
    assertThat(values(lit(3).cast("float32")).getFirst()).isEqualTo(3.0);
    assertThat(type(lit(true).cast("uint8"))).isEqualTo("uint8");
    assertThat(type(lit(-1L).cast("uint64"))).isEqualTo("uint64");
  }

  @Test
  void functionsOfYourOwnSeeWhatIsMissing() {
    assertThat(values(col("i").map(ColumnType.TEXT, value -> value == null ? "none" : "n" + value)))
        .isEqualTo(list("n1", "n2", "none", "n4"));
    Column wrong = col("i").map(ColumnType.INT64, value -> "text");
    assertThatThrownBy(() -> values(wrong))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "i.map(int64): the function gave text for 1, which is no int64. Give the result's type to map, or another result");
  }

  private static void refused(Column column, String message) {
    // Of two partitions that fail, one is told.
    assertThatThrownBy(() -> table.head(1).select(column.as("r")).compute())
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void whatHasNoMeaningIsRefused() {
    refused(col("nam"), "there is no column 'nam'. The table has i, x, b, s, t");
    refused(
        col("s").add(1),
        "add(s, 1): text can be compared with text, and joined by concat. For arithmetic cast it, with cast(\"float64\")");
    refused(
        col("s").equal(1),
        "equal(s, 1): the column is text and the other operand a number. Write it in quotes, or cast the column, with cast(\"float64\")");
    refused(
        col("s").equal(col("i")),
        "equal(s, i): one operand is text, another int64. Cast one of them, with cast(\"string\") or cast(\"float64\")");
    refused(
        col("t").multiply(2),
        "multiply(t, 2): timestamps can be compared and subtracted, and a number of nanoseconds added. For other arithmetic cast them, with cast(\"int64\")");
    refused(
        col("i").year(),
        "i.year(): i is int64, and the function is of timestamps. Cast it first, with cast(\"timestamp\")");
    refused(
        col("i").text().upper(),
        "i.upper(): i is int64, and the function is of text. Cast it first, with cast(\"string\")");
    refused(
        col("s").cast("int64"),
        "cast of 'Ada' to int64: it is no such number. Replace it first, or leave such rows out with filter");
    refused(
        col("s").cast("timestamp"),
        "'Ada' is no timestamp from 1677 to 2262; write a date, or a date and a time, such as 2026-11-28T22:05:00Z");
    refused(
        col("x").cast("timestamp"),
        "cast of float64 to timestamp: numbers become timestamps from int64, as nanoseconds from 1970. Cast to int64 first");
    refused(
        col("t").cast("float64"),
        "cast of timestamp to float64: timestamps are nanoseconds in int64. Cast to int64 first");
    refused(col("i").isIn("a"), "i.isIn(a): the column is int64; give values of that type");
    refused(
        col("s").fillNull(1),
        "s.fillNull(1): the column is text; fill it with text, as in fillNull(\"\")");
  }

  @Test
  void valuesAndTypesAreChecked() {
    assertThatThrownBy(() -> col("x").add(new int[1]))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(
            "of [I in an expression of columns; use numbers, booleans, strings and instants, or col(name)");
    assertThatThrownBy(() -> col("x").cast("flaot"))
        .hasMessage(
            "there is no type of columns 'flaot'; use bool, int8 to int64, uint8 to uint64, float16 to float64, string, timestamp or timestamp[ZONE]");
    assertThatThrownBy(() -> col("x").cast("timestamp[Mars]"))
        .hasMessage(
            "type timestamp[Mars]: Mars is no time zone; use one such as Europe/Berlin or +02:00");
    assertThatThrownBy(() -> col("t").floor("5 parsecs"))
        .hasMessage(
            "'5 parsecs' is no period; write a whole number and a unit of ns, us, ms, s, min, h, d, w, mo and y, such as 15min");
    assertThatThrownBy(() -> col("s").text().split("", 0))
        .hasMessage("split at an empty text; give the text that separates the parts");
    assertThatThrownBy(() -> col("s").text().slice(2, 1))
        .hasMessage("slice(2, 1) of text: give a begin of at least 0, and an end not below it");
  }
}
