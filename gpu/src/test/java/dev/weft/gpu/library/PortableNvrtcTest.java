package dev.weft.gpu.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.device.PortableLibrary;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are taken along, from wherever NVRTC may lie, and what is said where it is not. */
class PortableNvrtcTest {
  private static final ClassLoader NOTHING = new URLClassLoader(new URL[0], null);

  @TempDir private Path root;

  private Path file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  private PortableNvrtc nvrtc(Path... libraries) {
    CudaSettings settings = new CudaSettings(List.of(libraries), Map.of(), root, root);
    return new PortableNvrtc(settings, new LibrarySearch(settings, name -> false, NOTHING));
  }

  @Test
  void takesTheLibraryAndItsBuiltinsFromTheUsualPlaces() throws IOException {
    Path library = file("usr/local/cuda/lib64/libnvrtc.so.12");
    Path builtins = file("usr/local/cuda/lib64/libnvrtc-builtins.so.12.9");
    PortableLibrary found = nvrtc().find();
    assertThat(found.title()).isEqualTo("NVRTC 12.9");
    assertThat(found.origin()).isEqualTo(library + " (toolkit folders)");
    assertThat(found.needs()).isEqualTo("NVIDIA's driver, 525.60 or newer");
    assertThat(found.files())
        .containsExactly(
            Map.entry("libnvrtc.so.12", library), Map.entry("libnvrtc-builtins.so.12.9", builtins));
  }

  @Test
  void prefersTwelve() throws IOException {
    for (String name :
        List.of(
            "libnvrtc.so.12",
            "libnvrtc-builtins.so.12.4",
            "libnvrtc.so.13",
            "libnvrtc-builtins.so.13.0")) {
      file("both/" + name);
    }
    Path both = root.resolve("both");
    assertThat(nvrtc(both).find().title()).isEqualTo("NVRTC 12.4");
    assertThat(nvrtc().in(both).title()).isEqualTo("NVRTC 12.4");
    PortableLibrary thirteen = nvrtc().in(both.resolve("libnvrtc.so.13"));
    assertThat(thirteen.title()).isEqualTo("NVRTC 13.0");
    assertThat(thirteen.needs()).isEqualTo("NVIDIA's driver, 580.65 or newer");
    assertThat(thirteen.files().keySet())
        .containsExactly("libnvrtc.so.13", "libnvrtc-builtins.so.13.0");
  }

  @Test
  void takesEachFileOnceAndOnlyTheBuiltinsOfItsVersion() throws IOException {
    Path real = file("lib/libnvrtc.so.12.9.86");
    Files.createSymbolicLink(root.resolve("lib/libnvrtc.so.12"), real);
    file("lib/libnvrtc-builtins.so.12.4");
    Path builtins = file("lib/libnvrtc-builtins.so.12.9.86");
    Files.createSymbolicLink(root.resolve("lib/libnvrtc-builtins.so.12.9"), builtins);
    PortableLibrary found = nvrtc().in(root.resolve("lib"));
    assertThat(found.title()).isEqualTo("NVRTC 12.9");
    assertThat(found.files().keySet())
        .containsExactly("libnvrtc.so.12", "libnvrtc-builtins.so.12.9");
  }

  @Test
  void readsAToolkitsFolderAndAJar() throws IOException {
    file("toolkit/targets/x86_64-linux/lib/libnvrtc.so.12");
    file("toolkit/targets/x86_64-linux/lib/libnvrtc-builtins.so.12.8");
    assertThat(nvrtc().in(root.resolve("toolkit")).title()).isEqualTo("NVRTC 12.8");

    Path jar = root.resolve("cuda-redist-13.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("libnvrtc.so.13", "libnvrtc-builtins.so.13.3")) {
        out.putNextEntry(new JarEntry("org/bytedeco/cuda/linux-x86_64/" + name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    PortableLibrary found = nvrtc().in(jar);
    assertThat(found.title()).isEqualTo("NVRTC 13.3");
    assertThat(found.origin()).contains(jar.toString());
    assertThat(Files.readString(found.files().get("libnvrtc-builtins.so.13.3")))
        .isEqualTo("libnvrtc-builtins.so.13.3");
  }

  /** Nothing of CUDA is needed for this: the C library's mathematics are on every Linux. */
  @Test
  void findsOutWhichFileTheLoaderTakes() {
    assertThat(LibraryLoader.file("libm.so.6"))
        .hasValueSatisfying(
            file ->
                assertThat(file)
                    .isRegularFile()
                    .satisfies(
                        f -> assertThat(f.getFileName().toString()).startsWith("libm.so.6")));
    assertThat(LibraryLoader.file("libnosuchthing.so.7")).isEmpty();
  }

  @Test
  void whereThereIsNoneItSaysWhereItLooked() {
    assertThatThrownBy(() -> nvrtc(root.resolve("mine")).find())
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith("no NVRTC on this machine:")
        .hasMessageContaining("the setting weft.cuda.libraries: no such folder")
        .hasMessageContaining("CUDA_PATH: not set")
        .hasMessageContaining("the loader's path: does not know libnvrtc.so.12")
        .hasMessageContaining("a cuda-redist jar: ")
        .hasMessageContaining("pip install nvidia-cuda-nvrtc-cu12");
  }

  @Test
  void aWrongPlaceSaysWhatToGive() throws IOException {
    Path folder = Files.createDirectory(root.resolve("empty"));
    assertThatThrownBy(() -> nvrtc().in(folder))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("no NVRTC in %s: no libnvrtc.so.12 in %s".formatted(folder, folder))
        .hasMessageContaining("or the jar org.bytedeco:cuda-redist");
    assertThatThrownBy(() -> nvrtc().in(root.resolve("nowhere")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(root.resolve("nowhere") + " does not exist; give a folder with");
    Path lone = file("lone/libnvrtc.so.12");
    assertThatThrownBy(() -> nvrtc().in(lone))
        .isInstanceOf(DeviceException.class)
        .hasMessageStartingWith(lone + " has no libnvrtc-builtins.so.12.* beside it");
  }
}
