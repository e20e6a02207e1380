package dev.weft.gpu.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.core.device.Energy;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The direct binding, called on a library with NVML's functions for a GPU that is made up. */
class GpuEnergyTest {
  private static final Path SOURCE = Path.of("src/test/c/host_nvml.c");

  @TempDir private static Path folder;

  @Test
  void readsTheCounterOfTheGpuThatIsPluggedInThere() throws Exception {
    String library = compiled();
    GpuEnergy energy = new GpuEnergy("0000:3b:00.0", () -> Nvml.load(library));
    Energy.Used first = (Energy.Used) energy.read();
    Energy.Used second = (Energy.Used) energy.read();
    assertThat(second.joules() - first.joules()).isEqualTo(1.5);
    assertThat(first.of()).isEqualTo("the whole GPU, all programs together");
  }

  @Test
  void saysInTheLibrarysWordsWhyItIsNotTold() throws Exception {
    String library = compiled();
    assertThat(new GpuEnergy("0000:3c:00.0", () -> Nvml.load(library)).read())
        .isEqualTo(
            new Energy.NotTold("NVML: nvmlDeviceGetTotalEnergyConsumption failed: Not Supported"));
    assertThat(new GpuEnergy("0000:ff:00.0", () -> Nvml.load(library)).read())
        .isEqualTo(
            new Energy.NotTold(
                "NVML: nvmlDeviceGetHandleByPciBusId_v2 of 0000:ff:00.0 failed: Not Found"));
  }

  @Test
  void aLibraryThatIsNotThereIsLookedForOnce() {
    AtomicInteger asked = new AtomicInteger();
    GpuEnergy energy =
        new GpuEnergy(
            "0000:3b:00.0",
            () -> {
              asked.incrementAndGet();
              return Nvml.load("libnvidia-ml-absent.so.1");
            });
    assertThat(((Energy.NotTold) energy.read()).reason())
        .startsWith("libnvidia-ml-absent.so.1 does not load");
    assertThat(energy.read()).isInstanceOf(Energy.NotTold.class);
    assertThat(asked).hasValue(1);
  }

  @Test
  void aLibraryWithoutTheCounterIsNamed() throws Exception {
    Path source = Files.writeString(folder.resolve("old.c"), "int nvmlInit_v2(void) {return 0;}\n");
    String library = compiled(source, "libold.so");
    GpuEnergy energy = new GpuEnergy("0000:3b:00.0", () -> Nvml.load(library));
    assertThat(((Energy.NotTold) energy.read()).reason())
        .isEqualTo(library + " has no function nvmlErrorString");
  }

  private static String compiled() throws Exception {
    return compiled(SOURCE, "libnvidia-ml.so.1");
  }

  private static String compiled(Path source, String name) throws Exception {
    Path compiler =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(entry -> Path.of(entry, "cc"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(compiler != null, "not run: no C compiler (cc) on the path");
    Path library = folder.resolve(name);
    if (!Files.exists(library)) {
      Process process =
          new ProcessBuilder(
                  compiler.toString(),
                  "-shared",
                  "-fPIC",
                  "-O1",
                  "-o",
                  library.toString(),
                  source.toAbsolutePath().toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).describedAs(output).isZero();
    }
    return library.toString();
  }
}
