package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.LongSuites;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
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
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Xmx48m",
                    "-XX:MaxDirectMemorySize=32m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ZarrMutations.class.getName(),
                    folder.toString(),
                    Integer.toString(stores)))
            .redirectError(Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.print("zarr: " + output);
    assertThat(process.waitFor()).isZero();
    assertThat(output).matches(stores + " mutated: \\d+ read, \\d+ refused, 0 failed\\R");
  }
}
