package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import dev.weft.core.HostArray;
import dev.weft.io.npy.Npy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands table, head and describe, in this process. */
class TableCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void writeInputs() throws IOException {
    write("sales.csv", "shop,day,sold\na,1,10\nb,1,20\na,2,-\nb,2,40\n");
    write("shops.csv", "shop;town\na;Berlin\nb;Bonn\n");
  }

  @Test
  void printsATable() {
    assertThat(
            weft(
                "table",
                "t.groupby(shop).agg(sum(day), n = count()).sort(-n, shop)",
                file("sales.csv")))
        .isZero();
    assertThat(out())
        .isEqualTo(
            """
            shop  sum_day  n
            ----  -------  -
            a           3  2
            b           3  2
            """);
    assertThat(err()).isEmpty();
  }

  @Test
  void filesHaveNamesTypesAndMissingValues() {
    assertThat(
            weft(
                "table",
                "s.join(p, on='shop').filter(sold > 0).select(town, sold)",
                "s=" + file("sales.csv"),
                "p=" + file("shops.csv"),
                "--missing=-",
                "--types=s:sold=float32"))
        .isZero();
    assertThat(out())
        .isEqualTo(
            """
            town    sold
            ------  ----
            Berlin  10.0
            Bonn    20.0
            Bonn    40.0
            """);
  }

  @Test
  void separatorAndHeaderAreGiven() throws IOException {
    write("plain.csv", "1|2\n3|4\n");
    assertThat(weft("table", "t.count()", file("plain.csv"), "--separator=|", "--no-header"))
        .isZero();
    assertThat(out()).isEqualTo("count\n-----\n    2\n");
  }

  @Test
  void ofManyRowsTheFirstAndLastArePrinted() {
    String days = "t=timeseries(days=2)";
    assertThat(weft("table", "t.select(timestamp)", days, "--rows=3")).isZero();
    assertThat(out())
        .isEqualTo(
            """
                       timestamp
            --------------------
            2000-01-01T00:00:00Z
            2000-01-01T00:00:01Z
                             ...
            2000-01-02T23:59:59Z
            (172,800 rows)
            """);
    assertThat(weft("table", "t.filter(id > 5000)", days)).isZero();
    assertThat(out()).endsWith("(no rows)\n");
    assertThat(weft("table", "t.head(5)", days, "--rows=5")).isZero();
    assertThat(out().lines()).hasSize(7);
  }

  @Test
  void rowsAcrossPartitionsArePrintedAsThoseOfOne() throws IOException {
    StringBuilder rows = new StringBuilder("x\n");
    for (int i = 0; i < 10; i++) {
      rows.append(i).append('\n');
    }
    write("all.csv", rows.toString());
    for (int i = 0; i < 10; i++) {
      write("part-" + i + ".csv", "x\n" + i + "\n");
    }
    for (int shown = 1; shown <= 12; shown++) {
      weft("table", "t", file("all.csv"), "--rows=" + shown);
      String expected = out();
      assertThat(weft("table", "t", file("part-*.csv"), "--rows=" + shown)).isZero();
      assertThat(out()).isEqualTo(expected);
    }
  }

  @Test
  void writesAFile() throws IOException {
    assertThat(weft("table", "t.assign(next = day + 1)", file("sales.csv"), "-o", file("r.csv")))
        .isZero();
    assertThat(out()).matches("wrote .*r\\.csv: 4 rows, 4 columns, 54 bytes in .* s\n");
    assertThat(Files.readString(folder.resolve("r.csv")))
        .isEqualTo("shop,day,sold,next\na,1,10,2\nb,1,20,2\na,2,-,3\nb,2,40,3\n");
    assertThat(weft("table", "t.head(1)", file("sales.csv"), "-q", "-o", file("q.csv"))).isZero();
    assertThat(out()).isEmpty();
  }

  @Test
  void explainsAndTellsOfUnusedInputs() {
    assertThat(
            weft("table", "t.select(day)", "t=" + file("sales.csv"), "u=timeseries", "--explain"))
        .isZero();
    assertThat(out()).contains("read " + file("sales.csv")).contains("day\n---\n");
    assertThat(err()).isEqualTo("weft: the input u is not used\n");
  }

  @Test
  void jobsAreRead() throws IOException {
    write("job.weft", "# shops\ngood = t.filter(day == 1)\ngood.count()\n");
    assertThat(weft("table", file("job.weft"), file("sales.csv"))).isZero();
    assertThat(out()).isEqualTo("count\n-----\n    2\n");
  }

  @Test
  void mistakesAreWrongUse() {
    assertThat(weft("table", "t.filter(dya == 1)", file("sales.csv"))).isEqualTo(2);
    assertThat(err())
        .startsWith("weft: there is no column 'dya'; did you mean day?")
        .endsWith("  t.filter(dya == 1)\n           ^^^\n");
    assertWrong("read a.csv: there is no such file", "t", "a.csv");
    assertWrong(
        "the inputs a.csv and b.csv have no names; write t=a.csv u=b.csv", "t", "a.csv", "b.csv");
    assertWrong("the input t is given twice", "t", "t=a.csv", "t=b.csv");
    assertWrong("the input 't=' is not of the form name=file.csv", "t", "t=");
    assertWrong("--rows is 0; use at least 1", "t", "--rows=0");
    assertWrong("--types is 'x'; write COLUMN=TYPE", "t", "--types=x");
    assertWrong("there is no type of columns 'flot'", "t", "--types=x=flot");
    assertWrong(
        "--separator is 'ab'; write one character, such as ';', or tab", "t", "--separator=ab");
    assertWrong(
        "-o r.npy: no format of tables has files with this ending; there are csv",
        "t",
        "-o",
        "r.npy");
    assertThat(weft("table", file("sales.csv"))).isEqualTo(2);
    assertThat(err())
        .contains("sales.csv is a file; say what to make of it: weft table 't.head()' ");
  }

  private void assertWrong(String message, String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "table";
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    assertThat(weft(words)).isEqualTo(2);
    assertThat(err()).startsWith("weft: " + message);
  }

  @Test
  void headShowsTheFirstRows() {
    assertThat(weft("head", file("sales.csv"), "-n", "2")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            shop  day  sold
            ----  ---  ----
            a       1  10
            b       1  20
            """);
    assertThat(weft("head", file("sales.csv"), "-n", "0")).isEqualTo(2);
  }

  @Test
  void describeTellsTypesMissingValuesAndStatistics() {
    assertThat(weft("describe", file("sales.csv"), "--missing=-")).isZero();
    assertThat(out())
        .startsWith(
            file("sales.csv")
                + """
                : 4 rows, 3 columns

                column  type    count  missing
                ------  ------  -----  -------
                shop    string      4        0
                day     int64       4        0
                sold    int64       3        1

                statistic\
                """)
        .contains("\n50%  ");
  }

  @Test
  void arraysAreForRun() {
    Npy.write(folder.resolve("x.npy"), HostArray.of(new double[] {1, 2}));
    String file = file("x.npy");
    for (String command : new String[] {"head", "describe"}) {
      assertThat(weft(command, file)).isEqualTo(2);
      assertThat(err())
          .isEqualTo(
              "weft: read %s: this is a file of arrays, and not of a table. Compute with it by weft run, such as: weft run 'x[:10]' x=%s\n"
                  .formatted(file, file));
    }
  }

  @Test
  void theTablesOfTheDemoAreSavedAndUsed() {
    assertThat(weft("demo", "--save", folder.toString())).isZero();
    assertThat(
            weft(
                "table",
                "t.join(z, on='zone').groupby(zone, from).agg(n = count()).sort(from)",
                "t=" + file("cells.csv"),
                "z=" + file("zones.csv")))
        .isZero();
    assertThat(out())
        .isEqualTo(
            """
            zone         from    n
            -----------  ----  ---
            tropical      0.0  288
            subtropical  23.5  216
            temperate    40.0  288
            polar        66.5  216
            """);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private int weft(String... arguments) {
    out.reset();
    err.reset();
    Console console =
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.run(arguments, console);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
