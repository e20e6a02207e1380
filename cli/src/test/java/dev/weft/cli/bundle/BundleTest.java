package dev.weft.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.DeviceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/**
 * The parts of a bundle, and what stands in its way. The whole is checked by {@code .ci/bundle}.
 */
@Tag("bundle")
class BundleTest {
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir private Path folder;

  @Test
  void xzOfSeveralBlocksIsReadAsOne() throws IOException {
    byte[] data = new byte[(32 << 20) + (5 << 20) + 3];
    new Random(1).nextBytes(data);
    // Most of it is easy, so that the test is quick.
    Arrays.fill(data, 1 << 16, 32 << 20, (byte) 7);
    Arrays.fill(data, (32 << 20) + (1 << 16), data.length - 100, (byte) 8);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ParallelXz xz = new ParallelXz(packed, 2)) {
      xz.write(data[0]);
      xz.write(data, 1, data.length - 1);
    }
    assertThat(packed.size()).isLessThan(1 << 18);
    try (XZInputStream in = new XZInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
      assertThat(in.readAllBytes()).isEqualTo(data);
    }
  }

  @Test
  void theArchiveKeepsTimesModesAndLinks() throws IOException {
    Path root = Files.createDirectories(folder.resolve("root"));
    Path script = Files.writeString(root.resolve("run"), "#!/bin/sh\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path plain = Files.writeString(root.resolve("plain"), "text");
    Files.setLastModifiedTime(plain, FileTime.fromMillis(1_600_000_000_000L));
    Files.createSymbolicLink(root.resolve("link"), Path.of("plain"));
    Path archive = folder.resolve("a.tar.xz");
    List<Double> shares = new ArrayList<>();
    TarXz.pack(root, archive, shares::add);
    assertThat(shares.getLast()).isEqualTo(1.0);
    Map<String, TarArchiveEntry> entries = new HashMap<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new XZInputStream(Files.newInputStream(archive)))) {
      for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        entries.put(e.getName(), e);
      }
    }
    assertThat(entries.keySet())
        .containsExactlyInAnyOrder("root/", "root/run", "root/plain", "root/link");
    assertThat(entries.get("root/run").getMode() & 0777).isEqualTo(0755);
    assertThat(entries.get("root/plain").getMode() & 0777).isEqualTo(0644);
    assertThat(entries.get("root/plain").getLastModifiedTime().toMillis())
        .isEqualTo(1_600_000_000_000L);
    assertThat(entries.get("root/link").getLinkName()).isEqualTo("plain");
  }

  @Test
  void jarsAreStoredUncompressed() throws IOException {
    Path jar = folder.resolve("a.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("dir/"));
      out.closeEntry();
      out.putNextEntry(new ZipEntry("dir/zeros"));
      out.write(new byte[10_000]);
      out.closeEntry();
      out.putNextEntry(new ZipEntry("dir/ones"));
      out.closeEntry();
    }
    Path stored = folder.resolve("b.jar");
    StoredJar.copy(jar, stored, name -> !name.endsWith("ones"));
    try (ZipFile zip = new ZipFile(stored.toFile())) {
      ZipEntry entry = zip.getEntry("dir/zeros");
      assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
      assertThat(zip.getInputStream(entry).readAllBytes()).isEqualTo(new byte[10_000]);
      assertThat(zip.getEntry("dir/")).isNotNull();
      assertThat(zip.getEntry("dir/ones")).isNull();
    }
  }

  @Test
  void nd4jCanBeLeftOutButOpenBlasStays() {
    List<String> own =
        List.of(
            "weft-cli.jar",
            "weft-core-0.1.0-SNAPSHOT.jar",
            "picocli-4.7.7.jar",
            "jhdf-0.13.0.jar",
            "commons-lang3-3.20.0.jar",
            "slf4j-api-2.0.20.jar",
            "slf4j-nop-2.0.20.jar",
            "jcuda-12.6.0.jar",
            "jcuda-natives-12.6.0-linux-x86_64.jar",
            "openblas-0.3.31-1.5.13-linux-x86_64.jar");
    List<String> nd4j =
        List.of(
            "nd4j-native-1.0.0-M2.1-linux-x86_64.jar",
            "nd4j-api-1.0.0-M2.1.jar",
            "guava-1.0.0-M2.1.jar",
            "mkl-2022.0-1.5.7-linux-x86_64.jar",
            "openblas-0.3.31-1.5.13.jar",
            "openblas-platform-0.3.19-1.5.7.jar",
            "javacpp-1.5.13-linux-x86_64.jar",
            "commons-compress-1.28.0.jar");
    assertThat(wanted(own, false)).isEqualTo(own);
    assertThat(wanted(nd4j, false)).isEmpty();
    assertThat(wanted(nd4j, true)).isEqualTo(nd4j);
  }

  @Test
  void codeOfOtherMachinesOfCudaAndOfBrowsersIsLeftOut() {
    assertThat(
            wanted(
                List.of(
                    "cuda-redist-12.9-9.10-1.5.12-linux-x86_64.jar",
                    "cuda-12.6-9.5-1.5.11-linux-x86_64-redist.jar",
                    "driver-bundle-1.62.0.jar",
                    "duckdb_jdbc-2.0.0.1.jar",
                    "openblas-0.3.31-1.5.13-windows-x86_64.jar",
                    "javacpp-1.5.13-linux-arm64.jar",
                    "nd4j-native-1.0.0-M2.1-macosx-x86_64.jar",
                    "nd4j-native-1.0.0-M2.1-linux-x86_64-avx2.jar"),
                true))
        .containsExactly("nd4j-native-1.0.0-M2.1-linux-x86_64-avx2.jar");
  }

  @Test
  void theModuleForS3AndItsSdkAreLeftOut() {
    assertThat(
            wanted(
                List.of(
                    "weft-io-0.1.0-SNAPSHOT.jar",
                    "weft-s3-0.1.0-SNAPSHOT.jar",
                    "s3-2.57.8.jar",
                    "http-auth-aws-eventstream-2.57.8.jar",
                    "utils-2.57.8.jar",
                    "reactive-streams-1.0.4.jar",
                    "slf4j-api-2.0.20.jar"),
                true))
        .containsExactly("weft-io-0.1.0-SNAPSHOT.jar", "slf4j-api-2.0.20.jar");
  }

  @Test
  void bindingsThatNothingUsesAreLeftOut() {
    String blas = "org/bytedeco/openblas/linux-x86_64/";
    assertThat(Libraries.isUsed(blas + "libopenblas.so.0", false)).isTrue();
    assertThat(Libraries.isUsed(blas + "libjniopenblas.so", false)).isFalse();
    assertThat(Libraries.isUsed(blas + "libjniopenblas.so", true)).isTrue();
    assertThat(Libraries.isUsed("lib/libJCudaDriver-12.6.0-linux-x86_64.so", false)).isTrue();
    assertThat(Libraries.isUsed("aix/ppc64/libzstd-jni-1.5.7-28.so", true)).isFalse();
    assertThat(Libraries.isUsed("net/jpountz/util/linux/s390x/liblz4-java.so", true)).isFalse();
    String snappy = "org/xerial/snappy/native/";
    assertThat(Libraries.isUsed(snappy + "AIX/ppc/libsnappyjava.a", true)).isFalse();
    boolean used =
        List.of("Linux/x86_64", "Linux/aarch64", "Mac/x86_64", "Mac/aarch64").stream()
            .anyMatch(name -> Libraries.isUsed(snappy + name + "/libsnappyjava.so", true));
    assertThat(used).isTrue();
    assertThat(Libraries.isUsed("libbloscjni.so", false)).isTrue();
    assertThat(Libraries.isUsed("lib/libJNvPTXCompiler-12.6.0-linux-x86_64.so", true)).isFalse();
  }

  private static List<String> wanted(List<String> names, boolean nd4j) {
    return names.stream().filter(name -> Libraries.isWanted(name, nd4j, "linux-x86_64")).toList();
  }

  @Test
  void aJavaWithoutJlinkSaysWhatToDo() {
    assertThatThrownBy(() -> bundle(folder, "a.jar", false).write(folder.resolve("a.tar.xz")))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "bundle: the Java in %s has no bin/jlink: it is no JDK, or one without its tools. Run weft with a complete JDK 25, for instance Eclipse Temurin 25 by WEFT_JAVA_HOME"
                .formatted(folder));
  }

  @Test
  void foldersOnTheClassPathSayWhatToDo() {
    assertThatThrownBy(
            () -> bundle(JDK, folder.toString(), false).write(folder.resolve("a.tar.xz")))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "bundle: %s on the class path is a folder, not a jar: run weft from its jars, as ./weft does"
                .formatted(folder));
  }

  @Test
  void testsThatAreNotThereSayWhatToDo() throws IOException {
    Path jar = Files.createFile(folder.resolve("weft-core.jar"));
    assertThatThrownBy(() -> bundle(JDK, jar.toString(), true).write(folder.resolve("a.tar.xz")))
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "bundle --with-tests: the tests are not beside the jars that weft runs from. Use the weft of a checkout: ./mvnw -Dfast -DskipTests package, then ./weft bundle --with-tests");
  }

  @Test
  void aFailingProgramIsQuotedAndNothingIsLeft() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk/bin"));
    Path jlink = Files.writeString(java.resolve("jlink"), "#!/bin/sh\necho no luck\nexit 3\n");
    assertThat(jlink.toFile().setExecutable(true)).isTrue();
    Path out = Files.createDirectory(folder.resolve("out"));
    Path jar = Files.createFile(folder.resolve("weft-core.jar"));
    assertThatThrownBy(
            () ->
                bundle(folder.resolve("jdk"), jar.toString(), false).write(out.resolve("a.tar.xz")))
        .isInstanceOf(DeviceException.class)
        .hasMessage("bundle: jlink failed with exit code 3: no luck");
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left).isEmpty();
    }
  }

  private static Bundle bundle(Path java, String classPath, boolean tests) {
    return new Bundle(java, classPath, Path.of("help.jar"), "1", false, tests, null, step -> {});
  }
}
