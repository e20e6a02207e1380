package dev.weft.io.parquet;

import dev.weft.io.Fixtures;
import dev.weft.io.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is read or refused, without hanging and in bounded memory. */
@Tag("long")
class ParquetMutationsTest {
  @TempDir Path directory;

  @Test
  void everyMutationIsReadOrRefused() throws IOException {
    Mutations.check(
        new ParquetFormat(),
        Fixtures.files("parquet", ".parquet"),
        directory.resolve("x.parquet"),
        10_000);
  }
}
