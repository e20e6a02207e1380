package dev.weft.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.device.FoundDevice;
import dev.weft.core.error.DeviceException;
import dev.weft.gpu.blas.Cublas;
import dev.weft.gpu.compile.Architecture;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.driver.DriverDevice;
import dev.weft.gpu.driver.DriverState;
import dev.weft.gpu.driver.DriverVersion;
import dev.weft.gpu.library.CudaLibrary;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibrarySearch;
import dev.weft.gpu.library.Located;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told about CUDA. */
class CudaSurveyTest {
  @TempDir private Path root;

  private static DriverDevice device(int ordinal, int major, int minor) {
    return new DriverDevice(
        ordinal,
        "Tesla " + major,
        new Architecture(major, minor),
        16L << 30,
        40,
        0,
        0,
        "0000:3b:00.0");
  }

  private CudaSurvey survey() {
    // Only what lies in the folder is there, whatever the machine has.
    return new CudaSurvey(
        LibrarySearch.of(new CudaSettings(List.of(root), Map.of(), root, root)), root);
  }

  @Test
  void theProviderIsRegistered() {
    assertThat(ServiceLoader.load(DeviceProvider.class))
        .extracting(DeviceProvider::name)
        .contains("cuda");
  }

  @Test
  void withoutADriverTheProviderSaysWhyAndOpensNothing() {
    CudaDeviceProvider provider = new CudaDeviceProvider();
    assumeTrue(
        provider.probe() instanceof Availability.Unusable,
        "not run: this machine has a GPU that can be used");
    Availability.Unusable answer = (Availability.Unusable) provider.probe();
    assertThat(answer.reason()).isNotBlank();
    assertThat(provider.find())
        .isNotEmpty()
        .allSatisfy(
            found -> assertThat(found.availability()).isInstanceOf(Availability.Unusable.class));
    assertThatThrownBy(() -> provider.open(new DeviceOptions(1, 1 << 20, true, 0)))
        .isInstanceOf(DeviceException.class)
        .hasMessage("cuda: %s. %s".formatted(answer.reason(), answer.remedy()));
  }

  private static DriverState.Ready ready() {
    return new DriverState.Ready(
        new DriverVersion(12, 4), List.of(device(0, 7, 0), device(1, 9, 0)));
  }

  @Test
  void aNewEnoughDeviceIsUsableWhereThereIsACompiler() throws IOException {
    Files.writeString(root.resolve("libnvrtc.so.12"), "its content is looked at when it is loaded");
    Path link =
        Files.createDirectories(root.resolve("sys/bus/pci/devices").resolve("0000:3b:00.0"));
    Files.writeString(link.resolve("current_link_speed"), "2.5 GT/s PCIe\n");
    Files.writeString(link.resolve("current_link_width"), "16\n");
    Files.writeString(link.resolve("max_link_speed"), "32.0 GT/s PCIe\n");
    Files.writeString(link.resolve("max_link_width"), "16\n");
    List<FoundDevice> found = survey().devices(ready());
    assertThat(found).extracting(FoundDevice::name).containsExactly("cuda:0", "cuda:1");
    assertThat(((Availability.Unusable) found.get(0).availability()).reason())
        .isEqualTo("Tesla 7 has compute capability 7.0; Weft needs 7.5");
    assertThat(found.get(1).availability())
        .isEqualTo(
            new Availability.Usable(
                "Tesla 9, compute capability 9.0, 16.0 GiB, 40 multiprocessors"));
    assertThat(found.getFirst().details())
        .containsEntry("memory", "16.0 GiB")
        .containsEntry("driver", "supports CUDA 12.4")
        .containsEntry("link", "PCIe 2.5 GT/s x16, at most 32.0 GT/s x16")
        .containsKeys("device", "NVRTC", "cuBLAS");
    assertThat(survey().availability(ready())).isInstanceOf(Availability.Usable.class);
  }

  @Test
  void withoutACompilerNoDeviceIsUsable() {
    LibrarySearch nowhere =
        LibrarySearch.of(
            new CudaSettings(List.of(root), Map.of(), root, root),
            ClassLoader.getPlatformClassLoader());
    assumeTrue(
        nowhere.find(CudaLibrary.NVRTC, List.of(12)) instanceof Located.Missing,
        "not run: the dynamic loader of this machine finds NVRTC");
    Availability.Unusable answer =
        (Availability.Unusable)
            new CudaSurvey(nowhere, root).devices(ready()).get(1).availability();
    assertThat(answer.reason()).startsWith("Tesla 9: no NVRTC: libnvrtc.so.12 is not in ");
    assertThat(answer.remedy()).contains("nvidia-cuda-nvrtc");
  }

  @Test
  void aDeviceIsNamedByItsNumber() {
    List<DriverDevice> devices = ready().devices();
    assertThat(CudaDeviceProvider.device(devices, 1).id()).isEqualTo("cuda:1");
    assertThatThrownBy(() -> CudaDeviceProvider.device(devices, 2))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("cuda:2: there are 2, cuda:0 to cuda:1");
    assertThatThrownBy(() -> CudaDeviceProvider.device(devices, 0))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("compute capability 7.0; Weft needs 7.5. Use a GPU");
  }

  @Test
  void aFailureIsToldAsItIs() {
    DriverState none = new DriverState.Unavailable("no driver", "Install it.");
    List<FoundDevice> found = survey().devices(none);
    assertThat(found).extracting(FoundDevice::name).containsExactly("cuda");
    assertThat(found.getFirst().availability())
        .isEqualTo(new Availability.Unusable("no driver", "Install it."));
  }

  @Test
  void librariesAreThoseThatTheDriverLoads() {
    assertThat(LibraryChoice.majors(new DriverVersion(12, 0))).containsExactly(12);
    assertThat(LibraryChoice.majors(new DriverVersion(13, 0))).containsExactly(12, 13);
  }

  @Test
  void withoutNvrtcTheChoiceSaysWhy() {
    CudaSettings settings = new CudaSettings(List.of(root), Map.of(), root, root);
    LibraryChoice<Nvrtc> choice =
        LibraryChoice.nvrtc(LibrarySearch.of(settings), settings, List.of(99));
    assertThat(choice).isInstanceOf(LibraryChoice.None.class);
    LibraryChoice.None<Nvrtc> none = (LibraryChoice.None<Nvrtc>) choice;
    assertThat(none.reason())
        .startsWith("no NVRTC: libnvrtc.so.99 is not in the setting weft.cuda.libraries");
    assertThat(none.remedy()).startsWith("Install the CUDA 99 toolkit");
  }

  @Test
  void filesThatDoNotLoadAreNamedForEveryBinding() throws IOException {
    Path nvrtc = Files.writeString(root.resolve("libnvrtc.so.12"), "not a library");
    Path cublas = Files.writeString(root.resolve("libcublas.so.13"), "not a library");
    CudaSettings settings = new CudaSettings(List.of(root), Map.of(), root, root);
    LibrarySearch search = LibrarySearch.of(settings);
    LibraryChoice.None<Nvrtc> compiler =
        (LibraryChoice.None<Nvrtc>) LibraryChoice.nvrtc(search, settings, List.of(12));
    // Once by JCuda, once directly.
    assertThat(compiler.reason().split(nvrtc + " does not load")).hasSize(3);
    LibraryChoice.None<Cublas> products =
        (LibraryChoice.None<Cublas>) LibraryChoice.cublas(search, settings, List.of(13));
    assertThat(products.reason()).startsWith("no cuBLAS: " + cublas + " does not load");
  }
}
