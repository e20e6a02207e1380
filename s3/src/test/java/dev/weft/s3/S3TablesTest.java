package dev.weft.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.table.Columns;
import dev.weft.table.Table;
import dev.weft.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tables in a bucket. */
class S3TablesTest {
  private static FileSystem bucket;
  private static Session session;

  @BeforeAll
  static void open() {
    bucket = Servers.bucket("tables");
    session = Session.open(SessionConfig.defaults().withDevice("reference").withThreads(2));
  }

  @AfterAll
  static void close() throws IOException {
    session.close();
    bucket.close();
  }

  private static Path at(String key) {
    return Servers.path(bucket, key);
  }

  private static String rows(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(i -> "%d,name-%d,%s\n".formatted(i, i % 7, i / 4.0))
        .collect(Collectors.joining());
  }

  @Test
  void readsCsvOfManyPartsAndWritesItBack() {
    byte[] text = ("id,name,x\n" + rows(0, 200_000)).getBytes(StandardCharsets.UTF_8);
    Servers.server().put("tables", "big.csv", text);
    Table table = Tables.read(session, at("big.csv"));
    assertThat(table.groupBy("name").agg(Columns.sum("x")).compute().rows()).isEqualTo(7);
    assertThat(table.save(at("copy.csv"))).isEqualTo(200_000);
    assertThat(Servers.server().get("tables", "copy.csv")).hasSize(text.length);
    assertThat(Tables.read(session, at("copy.csv")).compute().doubles("x")[199_999])
        .isEqualTo(199_999 / 4.0);
  }

  @Test
  void readsParquetOfOthersAndWritesItByDuckDb() throws IOException {
    Path fixture = Path.of("../table/src/test/resources/dev/weft/table/parquet/plain.parquet");
    Servers.server().put("tables", "plain.parquet", Files.readAllBytes(fixture));
    String stored = Tables.read(session, at("plain.parquet")).drop("price").text(10);
    assertThat(stored).isEqualTo(Tables.read(session, fixture).drop("price").text(10));
    Tables.read(session, at("plain.parquet")).drop("price").save(at("written.parquet"));
    assertThat(Tables.read(session, at("written.parquet")).text(10)).isEqualTo(stored);
    assertThat(Servers.server().uploads("tables")).isEmpty();
  }

  @Test
  void patternsMeanSeveralObjects() {
    for (int part = 0; part < 3; part++) {
      Servers.server()
          .put(
              "tables",
              "parts/part-%d.csv".formatted(part),
              ("id,name,x\n" + rows(10 * part, 10)).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Tables.read(session, at("parts/part-*.csv")).compute().rows()).isEqualTo(30);
    assertThatThrownBy(() -> Tables.read(session, at("parts/part-9.csv")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("s3://tables/parts/part-9.csv")
        .hasMessageContaining("no such file")
        .hasMessageContaining("part-");
  }

  @Test
  void readsCompressedJsonLines() {
    byte[] lines =
        "{\"a\": 1, \"b\": \"x\"}\n{\"a\": 2, \"b\": \"y\"}\n".getBytes(StandardCharsets.UTF_8);
    Servers.server().put("tables", "l.jsonl", lines);
    assertThat(Tables.read(session, at("l.jsonl")).compute().getString(1, "b")).isEqualTo("y");
  }
}
