package dev.weft.gpu.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search finds libraries in trees of folders as installations make them. */
class LibrarySearchTest {
  private static final List<Integer> BOTH = List.of(12, 13);
  private static final ClassLoader NOTHING = new URLClassLoader(new URL[0], null);

  @TempDir private Path root;

  private Path file(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "not a library");
  }

  private LibrarySearch search(List<Path> libraries, Map<String, String> environment) {
    CudaSettings settings =
        new CudaSettings(libraries, environment, root.resolve("home/ada"), root);
    return new LibrarySearch(settings, name -> false, NOTHING);
  }

  private Located.Found nvrtc(Map<String, String> environment) {
    return (Located.Found) search(List.of(), environment).find(CudaLibrary.NVRTC, BOTH);
  }

  @Test
  void findsTheNewestToolkitWithItsCompanion() throws IOException {
    file("usr/local/cuda-12.4/lib64/libnvrtc.so.12");
    Path newest = file("usr/local/cuda-12.10/lib64/libnvrtc.so.12");
    Path builtins = file("usr/local/cuda-12.10/lib64/libnvrtc-builtins.so.12.10");
    file("usr/local/cuda-12.10/lib64/libnvrtc-builtins.alt.so.12.10");
    Located.Found found = nvrtc(Map.of());
    assertThat(found.target()).isEqualTo(newest.toString());
    assertThat(found.companions()).containsExactly(builtins);
    assertThat(found.place()).isEqualTo("toolkit folders");
    assertThat(found.major()).isEqualTo(12);
  }

  @Test
  void prefersTheMajorVersionThatIsAskedForFirst() throws IOException {
    Path thirteen = file("opt/cuda/lib64/libnvrtc.so.13");
    assertThat(nvrtc(Map.of()).target()).isEqualTo(thirteen.toString());
    Path twelve = file("usr/lib/x86_64-linux-gnu/libnvrtc.so.12");
    assertThat(nvrtc(Map.of()).target()).isEqualTo(twelve.toString());
    Located reversed = search(List.of(), Map.of()).find(CudaLibrary.NVRTC, List.of(13, 12));
    assertThat(((Located.Found) reversed).target()).isEqualTo(thirteen.toString());
  }

  @Test
  void looksInTheOrderSettingEnvironmentLoaderFoldersWheels() throws IOException {
    Path wheel =
        file("home/ada/.local/lib/python3.12/site-packages/nvidia/cuda_nvrtc/lib/libnvrtc.so.12");
    assertThat(nvrtc(Map.of()).place()).isEqualTo("Python's wheels");
    assertThat(nvrtc(Map.of()).target()).isEqualTo(wheel.toString());

    file("usr/local/cuda/targets/x86_64-linux/lib/libnvrtc.so.12");
    assertThat(nvrtc(Map.of()).place()).isEqualTo("toolkit folders");

    CudaSettings settings = new CudaSettings(List.of(), Map.of(), root, root);
    LibrarySearch known = new LibrarySearch(settings, "libnvrtc.so.12"::equals, NOTHING);
    Located.Found byLoader = (Located.Found) known.find(CudaLibrary.NVRTC, BOTH);
    assertThat(byLoader.place()).isEqualTo("the loader's path");
    assertThat(byLoader.target()).isEqualTo("libnvrtc.so.12");

    file("ld/libnvrtc.so.12");
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", "/nowhere:" + root.resolve("ld"));
    assertThat(nvrtc(environment).place()).isEqualTo("LD_LIBRARY_PATH");

    file("toolkit/lib64/libnvrtc.so.12");
    environment =
        Map.of(
            "LD_LIBRARY_PATH", root.resolve("ld").toString(),
            "CUDA_PATH", root.resolve("toolkit").toString());
    assertThat(nvrtc(environment).place()).isEqualTo("CUDA_PATH");

    Path named = file("named/libnvrtc.so.12");
    for (Path setting : List.of(named, named.getParent())) {
      Located found = search(List.of(setting), environment).find(CudaLibrary.NVRTC, BOTH);
      assertThat(((Located.Found) found).target()).isEqualTo(named.toString());
      assertThat(((Located.Found) found).place()).contains("weft.cuda.libraries");
    }
  }

  @Test
  void findsCublasInBothLayoutsOfWheels() throws IOException {
    Path twelve = file("venv/lib/python3.11/site-packages/nvidia/cublas/lib/libcublas.so.12");
    Path light = file("venv/lib/python3.11/site-packages/nvidia/cublas/lib/libcublasLt.so.12");
    Path thirteen = file("venv/lib/python3.11/site-packages/nvidia/cu13/lib/libcublas.so.13");
    LibrarySearch search =
        search(List.of(), Map.of("VIRTUAL_ENV", root.resolve("venv").toString()));
    Located.Found found = (Located.Found) search.find(CudaLibrary.CUBLAS, List.of(12));
    assertThat(found.target()).isEqualTo(twelve.toString());
    assertThat(found.companions()).containsExactly(light);
    found = (Located.Found) search.find(CudaLibrary.CUBLAS, List.of(13));
    assertThat(found.target()).isEqualTo(thirteen.toString());
  }

  @Test
  void unpacksAJarOnTheClassPathOnce() throws IOException {
    Path jar = root.resolve("cuda-redist.jar");
    String folder = "org/bytedeco/cuda/linux-x86_64/";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (String name : List.of("libnvrtc.so.12", "libnvrtc-builtins.so.12.9")) {
        out.putNextEntry(new JarEntry(folder + name));
        out.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      CudaSettings settings = new CudaSettings(List.of(), Map.of(), root, root);
      LibrarySearch search = new LibrarySearch(settings, name -> false, loader);
      Located.Found found = (Located.Found) search.find(CudaLibrary.NVRTC, BOTH);
      assertThat(Path.of(found.target())).startsWith(root.resolve(".cache/weft/native"));
      assertThat(Files.readString(Path.of(found.target()))).isEqualTo("libnvrtc.so.12");
      assertThat(found.companions()).hasSize(1);
      assertThat(Files.readString(found.companions().getFirst()))
          .isEqualTo("libnvrtc-builtins.so.12.9");
      assertThat(search.find(CudaLibrary.NVRTC, BOTH)).isEqualTo(found);
      try (Stream<Path> folders = Files.list(root.resolve(".cache/weft/native"))) {
        assertThat(folders).hasSize(1);
      }
      assertThat(search.find(CudaLibrary.CUBLAS, BOTH)).isInstanceOf(Located.Missing.class);
    }
  }

  @Test
  void saysWhereItLookedAndWhatToInstall() throws IOException {
    Files.createDirectories(root.resolve("usr/local/cuda/lib64"));
    LibrarySearch search = search(List.of(root.resolve("gone")), Map.of());
    Located.Missing missing = (Located.Missing) search.find(CudaLibrary.NVRTC, BOTH);
    assertThat(missing.reason())
        .isEqualTo(
            "libnvrtc.so.12 or libnvrtc.so.13 is not in the setting weft.cuda.libraries, CUDA_PATH, CUDA_HOME,"
                + " LD_LIBRARY_PATH, the loader's path, toolkit folders, Python's wheels,"
                + " a cuda-redist jar");
    assertThat(missing.describe())
        .contains(
            "the setting weft.cuda.libraries: no such folder",
            "CUDA_PATH: not set",
            "the loader's path: does not know libnvrtc.so.13",
            "toolkit folders: no libnvrtc.so.12 in " + root.resolve("usr/local/cuda/lib64"),
            "a cuda-redist jar: no org/bytedeco/cuda/linux-x86_64/libnvrtc.so.12 on the class path");
    assertThat(missing.remedy())
        .contains(
            "CUDA 12 or 13",
            "pip install nvidia-cuda-nvrtc-cu12",
            "org.bytedeco:cuda-redist",
            "-Dweft.cuda.libraries or WEFT_CUDA_LIBRARIES");
    Located.Missing newer = (Located.Missing) search.find(CudaLibrary.CUBLAS, List.of(13));
    assertThat(newer.remedy()).contains("pip install nvidia-cublas;");
  }

  @Test
  void aFileThatIsNoLibraryIsToldWhenItIsLoaded() throws IOException {
    Path file = file("named/libnvrtc.so.12");
    Located found = search(List.of(file), Map.of()).find(CudaLibrary.NVRTC, BOTH);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> LibraryLoader.open((Located.Found) found)))
        .isInstanceOf(LibraryException.class)
        .hasMessageContaining(file.toString());
    assertThat(LibraryLoader.canLoad("libno-such-library.so.7")).isFalse();
  }
}
