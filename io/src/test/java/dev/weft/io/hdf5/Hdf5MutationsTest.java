package dev.weft.io.hdf5;

import dev.weft.io.Fixtures;
import dev.weft.io.Mutations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is read or refused, without hanging and in bounded memory. */
@Tag("long")
class Hdf5MutationsTest {
  @TempDir Path directory;

  @Test
  void everyMutationIsReadOrRefused() throws IOException {
    List<Path> seeds = new ArrayList<>(Fixtures.files("hdf5", ".h5"));
    seeds.addAll(Fixtures.files("netcdf", "four.nc"));
    Mutations.check(new Hdf5Format(), seeds, directory.resolve("x.h5"), 20_000);
  }
}
