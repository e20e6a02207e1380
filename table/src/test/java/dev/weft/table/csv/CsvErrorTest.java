package dev.weft.table.csv;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import dev.weft.io.FormatException;
import dev.weft.table.column.Batch;
import dev.weft.table.column.ColumnData;
import dev.weft.table.column.ColumnType;
import dev.weft.table.column.Field;
import dev.weft.table.column.Schema;
import dev.weft.table.source.TableReading;
import dev.weft.table.source.TableWriter;
import dev.weft.table.source.TableWriting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of files and options that are wrong. */
class CsvErrorTest {
  @TempDir private Path folder;

  private void refuses(String text, TableReading options, String message) {
    assertThatThrownBy(() -> new CsvFiles(folder).read(text, options))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(message);
  }

  private void refuses(String text, String message) {
    refuses(text, TableReading.defaults(), message);
  }

  @Test
  void aLaterValueOfAnotherType() {
    String ones = "1,a\n".repeat(1500);
    refuses(
        "x,s\n" + ones + "1.5,b\n",
        "data.csv: line 1,502, column 'x': '1.5' is no int64; read it with type(\"x\", float64)");
    refuses(
        "x,s\n\"1\n\",\n" + ones + "NA,b\n",
        TableReading.defaults().partitionBytes(500).type("x", ColumnType.of("float64")),
        "data.csv: line 2, column 'x': '1\n' is no float64; read it with type(\"x\", string)");
    refuses(
        "x,s\r\n1,\"\r\n\"\r\n" + ones + "NA,b\n",
        TableReading.defaults().partitionBytes(500),
        "data.csv: line 1,504, column 'x': 'NA' is no int64; read it with type(\"x\", string), or with missing(\"NA\") where that stands for a missing value");
  }

  @Test
  void valuesOutOfRange() {
    refuses(
        "x\n300\n",
        TableReading.defaults().type("x", ColumnType.of("uint8")),
        "line 2, column 'x': '300' is no uint8, which goes from 0 to 255; read it with type(\"x\", int64)");
    refuses(
        "x\n" + "1\n".repeat(1500) + "9223372036854775808\n",
        TableReading.defaults(),
        "line 1,502, column 'x': '9223372036854775808' is no int64, which goes from -9223372036854775808 to 9223372036854775807; read it with type(\"x\", uint64)");
    refuses(
        "x\n1500-01-01\n",
        TableReading.defaults().type("x", ColumnType.TIMESTAMP),
        "line 2, column 'x': '1500-01-01' is no timestamp from 1677 to 2262, such as 2024-05-17 or 2024-05-17T08:30:00Z; read it with type(\"x\", string), or with missing(\"1500-01-01\") where that stands for a missing value");
  }

  @Test
  void raggedRows() {
    refuses(
        "a,b\n1,2\n1,2,3\n",
        "data.csv: line 3: 3 fields, but 2 columns. Check separators and quotes in this line");
    refuses(
        "a,b\n1,2\n\n1\n",
        "line 4: 1 fields, but 2 columns. Check separators and quotes in this line");
  }

  @Test
  void nothingToRead() {
    refuses("", "data.csv: there is nothing to read in it: it is empty. Check the file");
    refuses("\n\n", "data.csv: there is nothing to read in it: it is empty. Check the file");
  }

  @Test
  void columnsOfOneName() {
    refuses(
        "a,b,a\n1,2,3\n",
        "data.csv: columns 1 and 3 are both named 'a'. Pass names(...) with a name for each of the 3 columns, or header(false) where the first row is none of names");
  }

  @Test
  void otherNamesThanColumns() {
    refuses(
        "a,b\n1,2\n",
        TableReading.defaults().names("x"),
        "1 names are given for 2 columns. Name each of them");
    refuses(
        "price\n1\n",
        TableReading.defaults().type("prize", ColumnType.TEXT),
        "there is no column 'prize'; did you mean price? The table has price");
  }

  @Test
  void quotes() {
    String rows = "1,2\n".repeat(1500);
    refuses(
        "a,b\n" + rows + "\"1\"x,2\n",
        "line 1,502: behind the quote that ends a field there is more of it. Quotes within a field are written twice; check the file");
    refuses(
        "a,b\n" + rows + "1,\"2\n",
        "line 1,502: a field begins with a quote that is not closed. Check the file");
    refuses(
        "a,b\n" + rows + "1,\"" + "x".repeat(70_000_000) + "\n",
        "line 1,502: a field has more than 67,108,864 bytes. A quote may not be closed; check the file");
  }

  @Test
  void textThatIsNotUtf8() {
    byte[] text =
        ("a,b\n" + "x,y\n".repeat(1500) + "Z\u00fcrich,y\n").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> CsvFiles.all(new CsvFiles(folder).open(text, TableReading.defaults())))
        .isInstanceOf(FormatException.class)
        .hasMessageEndingWith(
            "data.csv: line 1,502, column 'a': 'Z\u00fcrich' is not UTF-8. Convert the file, as in iconv -f latin1 -t utf-8 FILE");
    byte[] header =
        ("Z\u00fcrich\n" + "1\n".repeat(1_000_000)).getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> new CsvFiles(folder).open(header, TableReading.defaults()))
        .hasMessageEndingWith(
            "data.csv: line 1, column 1: 'Z\u00fcrich' is not UTF-8. Convert the file, as in iconv -f latin1 -t utf-8 FILE");
  }

  @Test
  void separators() {
    refuses(
        "a\n",
        TableReading.defaults().separator('"'),
        "separator '\"': it must be an ASCII character, and no quote or line end. Use one such as , ; | or a tab");
  }

  @Test
  void filesOfOtherColumns() throws IOException {
    Path one = Files.writeString(folder.resolve("one.csv"), "a,b\n1,2\n");
    Path two = Files.writeString(folder.resolve("two.csv"), "a,c\n1,2\n");
    assertThatThrownBy(() -> new CsvTables().open(List.of(one, two), TableReading.defaults()))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "%s: its first row is a, c, and the columns of %s are a, b. Read files of the same columns together",
            two, one);
  }

  @Test
  void compressedFilesThatAreCutOff() throws IOException {
    Path file = Files.write(folder.resolve("data.csv.gz"), new byte[] {31, (byte) 139, 8, 0, 0});
    assertThatThrownBy(() -> new CsvTables().open(List.of(file), TableReading.defaults()))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "%s: it cannot be unpacked: it ends too early. Copy or write the file again", file);
  }

  @Test
  void otherCompressedFilesThatAreDamaged() throws IOException {
    Path file = Files.write(folder.resolve("data.csv.zst"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    assertThatThrownBy(() -> new CsvTables().open(List.of(file), TableReading.defaults()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("data.csv.zst: it cannot be unpacked: ")
        .hasMessageEndingWith(". Copy or write the file again");
    Path plain = Files.writeString(folder.resolve("data.csv.gz"), "a,b\n1,2\n");
    assertThatThrownBy(() -> new CsvTables().open(List.of(plain), TableReading.defaults()))
        .isInstanceOf(FormatException.class)
        .hasMessage(
            "%s: it cannot be unpacked: Not in GZIP format. Copy or write the file again", plain);
  }

  /** Of a file that is cut off behind its first rows, those are read before that is found. */
  @Test
  void compressedFilesThatAreCutOffLater() throws IOException {
    Schema schema = Schema.of(new Field("x", ColumnType.INT64));
    long[] values = new java.util.Random(1).longs(300_000).toArray();
    ColumnData column = ColumnData.of(ColumnType.INT64, values, null);
    for (String name : List.of("cut.csv.gz", "cut.csv.zst")) {
      Path file = folder.resolve(name);
      TableWriter writer = new CsvTables().create(file, schema, TableWriting.defaults());
      writer.append(writer.encode(new Batch(schema, List.of(column), values.length)));
      writer.commit();
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length - 1000));
      var source = new CsvTables().open(List.of(file), TableReading.defaults());
      assertThatThrownBy(() -> source.read(0, List.of("x")))
          .as(name)
          .isInstanceOf(FormatException.class)
          .hasMessageContaining("it cannot be unpacked: ");
    }
  }

  @Test
  void missingTextsThatCannotBeWritten() {
    Schema schema = Schema.of(new Field("x", ColumnType.INT64));
    assertThatThrownBy(
            () ->
                new CsvTables()
                    .create(folder.resolve("out.csv"), schema, new TableWriting(',', true, "a,b")))
        .isInstanceOf(UsageException.class)
        .hasMessageEndingWith(
            "out.csv: 'a,b' cannot stand for missing values: it has a separator, quote or line end in it. Use a word such as NA");
  }
}
