package dev.weft.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.PortableLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/**
 * A GPU's compiler in a bundle: small files stand for NVRTC, and scripts for jlink and Java. The
 * real ones are 0.1 GB.
 */
@Tag("bundle")
class CompilerInBundleTest {
  /** Makes a java that prints its arguments, one in a line. */
  private static final String JLINK =
      """
      #!/bin/sh
      for folder; do :; done
      mkdir -p "$folder/bin" "$folder/lib/server"
      cat >"$folder/bin/java" <<'END'
      #!/bin/sh
      printf '%s\\n' "$@"
      END
      chmod +x "$folder/bin/java"
      """;

  @TempDir private Path folder;

  private PortableLibrary nvrtc() throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String name : List.of("libnvrtc.so.12", "libnvrtc-builtins.so.12.9")) {
      // Where it lies here, it may have another name.
      files.put(name, Files.writeString(folder.resolve("here-" + name), "the text of " + name));
    }
    return new PortableLibrary("NVRTC 12.9", "a test", "NVIDIA's driver, 525.60 or newer", files);
  }

  private Path program(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Path jar(String name) throws IOException {
    Path jar = folder.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("x"));
    }
    return jar;
  }

  @Test
  void itsFilesAreInTheArchiveUnderTheNamesThatDevicesLookFor() throws IOException {
    program("jdk/bin/jlink", JLINK);
    Path archive = folder.resolve("weft.tar.xz");
    Bundle.Made made =
        new Bundle(
                folder.resolve("jdk"),
                jar("weft-core.jar").toString(),
                jar("help.jar"),
                "1",
                false,
                false,
                nvrtc(),
                step -> {})
            .write(archive);
    Map<String, String> files = new HashMap<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new XZInputStream(Files.newInputStream(archive)))) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        files.put(
            e.getName().substring(made.folder().length()),
            new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(files)
        .containsEntry("/lib/cuda/libnvrtc.so.12", "the text of libnvrtc.so.12")
        .containsEntry(
            "/lib/cuda/libnvrtc-builtins.so.12.9", "the text of libnvrtc-builtins.so.12.9")
        .containsKey("/bin/weft");
    assertThat(files.get("/README.txt"))
        .contains("A GPU needs NVIDIA's driver, 525.60 or newer;\nNVRTC 12.9 is in lib/cuda");
  }

  @Test
  void theStartScriptPointsAtItWhereverTheBundleLies() throws Exception {
    Path root = folder.resolve("some where/weft-1");
    program("some where/weft-1/java/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.createDirectories(root.resolve("lib"));
    Files.writeString(root.resolve("lib/classpath"), "a.jar\n");
    Bundle.script(root, "weft");
    Path link = Files.createSymbolicLink(folder.resolve("weft"), root.resolve("bin/weft"));
    assertThat(run(link, "")).noneMatch(word -> word.startsWith("-Dweft.cuda.libraries"));
    Files.createDirectories(root.resolve("lib/cuda"));
    String own = root.toRealPath().resolve("lib/cuda").toString();
    assertThat(run(link, "")).contains("-Dweft.cuda.libraries=" + own, "devices");
    assertThat(run(link, "/opt/mine")).contains("-Dweft.cuda.libraries=/opt/mine:" + own);
  }

  /** What Java is called with. */
  private static List<String> run(Path script, String libraries) throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(script.toString(), "devices")
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    program.environment().remove("WEFT_JAVA_OPTS");
    program.environment().put("WEFT_CUDA_LIBRARIES", libraries);
    Process process = program.start();
    List<String> lines = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }
}
