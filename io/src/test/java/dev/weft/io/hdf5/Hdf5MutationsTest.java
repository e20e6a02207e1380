package dev.weft.io.hdf5;

import dev.weft.io.Fixtures;
import dev.weft.io.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is read or refused, without hanging and in bounded memory. */
@Tag("long")
class Hdf5MutationsTest {
  @TempDir Path directory;

  @Test
  void everyMutationIsReadOrRefused() throws IOException {
    Mutations.check(
        new Hdf5Format(), Fixtures.files("hdf5", ".h5"), directory.resolve("x.h5"), 20_000);
  }
}
