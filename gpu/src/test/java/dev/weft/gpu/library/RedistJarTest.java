package dev.weft.gpu.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layout of the real jars, as the profile {@code nvrtc} unpacks them, on a class path. */
class RedistJarTest {
  @TempDir private Path cache;

  @ParameterizedTest
  @ValueSource(ints = {12, 13})
  void isUnpackedWithItsBuiltinsAndLoads(int major) throws Exception {
    String folder = System.getProperty("weft.test.nvrtc", "");
    assumeTrue(!folder.isEmpty(), "not run: there is no NVRTC here; turn on -Pnvrtc");
    URL[] jar = {Path.of(folder, Integer.toString(major)).toUri().toURL()};
    try (URLClassLoader resources = new URLClassLoader(jar, null)) {
      CudaSettings settings = new CudaSettings(List.of(), Map.of(), cache, cache);
      Located located =
          new LibrarySearch(settings, name -> false, resources)
              .find(CudaLibrary.NVRTC, List.of(major));
      assertThat(located).isInstanceOf(Located.Found.class);
      Located.Found found = (Located.Found) located;
      assertThat(Path.of(found.target())).startsWith(cache.resolve(".cache/weft/native"));
      assertThat(found.companions()).singleElement().satisfies(f -> assertThat(f).exists());
      assertThat(Files.size(Path.of(found.target()))).isGreaterThan(1 << 20);
      assertThat(LibraryLoader.open(found).find("nvrtcCompileProgram")).isPresent();
    }
  }
}
