package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.io.OtherJvm;
import dev.weft.testkit.LongSuites;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a store holds, arrays load or are refused with a place and a reason, in bounded memory.
 */
class ZarrMalformedTest {
  private static final int STORES = 50_000;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void everyMutationLoadsOrIsRefused() throws Exception {
    ZarrStores.unpack(folder);
    int stores = LongSuites.part(STORES);
    String output =
        OtherJvm.run(
            List.of("-Xmx48m", "-XX:MaxDirectMemorySize=32m"),
            ZarrMutations.class,
            folder.toString(),
            Integer.toString(stores));
    assertThat(output)
        .matches("zarr: " + stores + " mutated: \\d+ read, \\d+ refused, 0 failed\\R");
  }
}
