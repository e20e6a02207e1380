package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.io.OtherJvm;
import dev.weft.testkit.LongSuites;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it loads or is refused with a place and a reason, in bounded memory. */
class NpyMalformedTest {
  private static final int NPY = 60_000;
  private static final int NPZ = 40_000;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void everyMutationLoadsOrIsRefused() throws Exception {
    String output =
        OtherJvm.run(
            List.of("-Xmx128m"),
            NpyMutations.class,
            folder.toString(),
            Integer.toString(LongSuites.part(NPY)),
            Integer.toString(LongSuites.part(NPZ)));
    assertThat(output).contains("npy: ").contains("npz: ");
  }
}
