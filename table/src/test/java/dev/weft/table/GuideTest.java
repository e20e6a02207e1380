package dev.weft.table;

import static dev.weft.table.Columns.col;
import static dev.weft.table.Columns.count;
import static dev.weft.table.Columns.mean;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.core.Session;
import dev.weft.table.join.AsOfSpec;
import dev.weft.table.join.AsOfSpec.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the guide: what stands between the marks here stands there too. */
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/tables.md");
  private static final Path SELF = Path.of("src/test/java/dev/weft/table/GuideTest.java");
  private static final Pattern EXAMPLE = Pattern.compile("// begin\n(.*?)// end", Pattern.DOTALL);

  @TempDir Path folder;

  private Path path(String name) {
    return folder.resolve(name);
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  @Test
  void examplesAreThoseOfTheGuide() throws IOException {
    String guide = words(Files.readString(GUIDE));
    Matcher examples = EXAMPLE.matcher(Files.readString(SELF));
    int found = 0;
    while (examples.find()) {
      assertThat(guide)
          .contains(
              words(
                  examples.group(1).replace(" path(", " Path.of(").replace("(path(", "(Path.of(")));
      found++;
    }
    assertThat(found).isEqualTo(7);
  }

  @Test
  void howOftenANameAppears() {
    try (Session session = Session.open()) {
      // begin
      Table t = Tables.timeseries(session);
      long alice = t.filter(col("name").equal("Alice")).count();
      // end
      assertThat(alice).isBetween(98_000L, 102_000L);
    }
  }

  @Test
  void howOftenEachNameAppears() throws IOException {
    try (Session session = Session.open()) {
      Table t = Tables.timeseries(session);
      // begin
      t.valueCounts("name").save(path("names.csv"));
      // end
      List<String> lines = Files.readAllLines(path("names.csv"));
      assertThat(lines).hasSize(27).startsWith("name,count");
      long total = 0;
      for (String line : lines.subList(1, 27)) {
        total += Long.parseLong(line.substring(line.indexOf(',') + 1));
      }
      assertThat(total).isEqualTo(2_592_000);
    }
  }

  @Test
  void meansByNameAndHour() {
    try (Session session = Session.open()) {
      Table t = Tables.timeseries(session);
      // begin
      HostTable means =
          t.groupBy("name", col("timestamp").hour().as("hour"))
              .agg(mean("x"), count())
              .sort("name", "hour")
              .compute();
      System.out.println(means);
      // end
      assertThat(means.rows()).isEqualTo(26 * 24);
      assertThat(means.getString(0, "name")).isEqualTo("Alice");
      assertThat(means.getLong(23, "hour")).isEqualTo(23);
      assertThat(means.toString()).startsWith("name").contains("(624 rows)");
    }
  }

  @Test
  void aMeanOfTheHourBefore() {
    try (Session session = Session.open()) {
      Table t = Tables.timeseries(session).head(100_000);
      // begin
      Table smooth =
          t.rolling("timestamp", "1h").minPeriods(60).agg(mean("x").named("m"), count().named("n"));
      // end
      HostTable rows = smooth.compute();
      assertThat(rows.isNull(58, "m")).isTrue();
      assertThat(rows.isNull(59, "m")).isFalse();
      assertThat(rows.getLong(90_000, "n")).isEqualTo(3600);
      double sum = 0;
      for (int i = 90_000 - 3599; i <= 90_000; i++) {
        sum += rows.getDouble(i, "x");
      }
      assertThat(rows.getDouble(90_000, "m")).isCloseTo(sum / 3600, within(1e-12));
    }
  }

  @Test
  void quotesOfTrades() {
    try (Session session = Session.open()) {
      Table quotes =
          Tables.timeseries(session)
              .head(1000)
              .select(col("timestamp").as("time"), col("name").as("ticker"), "x");
      Table trades = quotes.filter(col("x").greater(0.5)).select("time", "ticker");
      // begin
      Table with = trades.asOfJoin(quotes, "time", "ticker");
      Table near =
          trades.asOfJoin(
              quotes,
              AsOfSpec.on("time").by("ticker").direction(Direction.NEAREST).tolerance("2s"));
      // end
      List<List<Object>> wanted = Sessions.rows(quotes.filter(col("x").greater(0.5)));
      assertThat(wanted).hasSizeGreaterThan(100);
      assertThat(Sessions.rows(with)).isEqualTo(wanted);
      assertThat(Sessions.rows(near)).isEqualTo(wanted);
    }
  }

  @Test
  void aColumnForEachName() {
    try (Session session = Session.open()) {
      Table t = Tables.timeseries(session).head(200_000);
      // begin
      Table byName = t.pivot("name", mean("x"), col("timestamp").hour().as("hour"));
      // end
      HostTable wide = byName.compute();
      assertThat(wide.schema().size()).isEqualTo(27);
      assertThat(wide.rows()).isEqualTo(24);
      double bob =
          t.filter(col("name").equal("Bob").and(col("timestamp").hour().equal(3)))
              .agg(mean("x"))
              .compute()
              .getDouble(0, "mean_x");
      assertThat(wide.getDouble(3, "Bob")).isEqualTo(bob);
    }
  }

  private List<String> write(String name, String header, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    lines.add(header);
    for (int i = 0; i < rows; i++) {
      lines.add("%d,%s %d".formatted(random.nextInt(30_000), name, i));
    }
    Files.write(path(name), lines);
    return lines;
  }

  @Test
  void aJoinOfFilesThatDoNotFit() throws IOException {
    List<String> left = write("orders.csv", "customer,order", 40_000, 1);
    List<String> right = write("customers.csv", "customer,place", 30_000, 2);
    // A quarter of the limit is for rows that wait: 256 KiB, and each file is larger.
    try (Session session = Sessions.small(path("spill"), 1 << 20)) {
      // begin
      Table orders = Tables.read(session, path("orders.csv"));
      Table customers = Tables.read(session, path("customers.csv"));
      orders.join(customers, "customer").save(path("joined.csv"));
      // end
    }
    List<String> wanted = new ArrayList<>();
    wanted.add("customer,order,place");
    Map<String, List<String>> places = new HashMap<>();
    for (String customer : right.subList(1, right.size())) {
      int comma = customer.indexOf(',');
      places
          .computeIfAbsent(customer.substring(0, comma), key -> new ArrayList<>())
          .add(customer.substring(comma));
    }
    for (String order : left.subList(1, left.size())) {
      String key = order.substring(0, order.indexOf(','));
      places.getOrDefault(key, List.of()).forEach(place -> wanted.add(order + place));
    }
    assertThat(Files.readAllLines(path("joined.csv"))).isEqualTo(wanted);
    assertThat(path("spill")).isEmptyDirectory();
  }
}
