package dev.weft.table.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are read, by which format. */
class TableFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    for (int i : new int[] {1, 2, 10}) {
      Files.writeString(folder.resolve("data-%d.csv".formatted(i)), "x\n%d\n".formatted(i));
    }
  }

  private void refuses(String name, String message) {
    assertThatThrownBy(() -> TableFiles.open(folder.resolve(name), TableReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage("read %s: %s", folder.resolve(name), message);
  }

  @Test
  void filesOfAPatternAreReadInTheOrderOfTheirNumbers() throws IOException {
    TableSource source = TableFiles.open(folder.resolve("data-*.csv"), TableReading.defaults());
    List<Long> values = new ArrayList<>();
    for (int i = 0; i < source.partitions(); i++) {
      values.add(source.read(i, List.of("x")).column("x").longAt(0));
    }
    assertThat(values).containsExactly(1L, 2L, 10L);
    assertThat(source.description()).endsWith("data-1.csv and 2 more");
  }

  @Test
  void endingsThatNoFormatHas() throws IOException {
    Files.writeString(folder.resolve("data.xls"), "");
    assertThatThrownBy(() -> TableFiles.open(folder.resolve("data.xls"), TableReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(
            "data.xls: no format of tables has files with this ending; there are ",
            "csv, tsv, csv.gz",
            "Rename the file, or convert it");
  }

  @Test
  void filesThatAreNotThere() {
    refuses("data-3.csv", "there is no such file; did you mean data-1.csv or data-2.csv?");
    refuses("other.csv", "there is no such file. Check the path");
    refuses("none-*.csv", "no file has a name like this. Check the pattern");
    refuses(
        "no/x.csv",
        "there is no such file, and no folder %s. Check the path".formatted(folder.resolve("no")));
  }

  @Test
  void directories() {
    assertThatThrownBy(() -> TableFiles.open(folder, TableReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "read %s: this is a directory. Name its files, as in %s",
            folder, folder.resolve("*.csv"));
  }

  @Test
  void partitionsOfNoBytes() {
    assertThatThrownBy(
            () ->
                TableFiles.open(
                    folder.resolve("data-1.csv"), TableReading.defaults().partitionBytes(0)))
        .isInstanceOf(UsageException.class)
        .hasMessage("partitionBytes is 0; it must be 1 or more");
  }

  @Test
  void noFiles() {
    assertThatThrownBy(() -> TableFiles.open(List.of(), TableReading.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage("read a table: no files are given. Name one or more");
  }
}
