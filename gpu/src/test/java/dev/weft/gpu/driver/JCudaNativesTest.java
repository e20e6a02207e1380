package dev.weft.gpu.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.gpu.library.LibraryException;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JCuda's natives come from the user's cache and not from the shared folder for temporary files.
 */
class JCudaNativesTest {
  @TempDir private Path folder;

  private static boolean available() {
    return JCudaNativesTest.class.getResource("/lib/" + JCudaNatives.file("JCudaDriver")) != null;
  }

  /** The runtime's library needs no driver, so it loads everywhere. */
  @Test
  void loadsFromTheCache() throws Exception {
    assumeTrue(available(), "not run: JCuda has no natives for this system");
    String before = System.getProperty("java.io.tmpdir");
    Path temporary = Files.createDirectories(folder.resolve("temporary"));
    System.setProperty("java.io.tmpdir", temporary.toString());
    try (URLClassLoader loader = freshClasses()) {
      new JCudaNatives(loader, folder.resolve("cache")).initialize("jcuda.runtime.JCuda");
      assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(temporary.toString());
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    assertThat(files(temporary)).isEmpty();
    assertThat(files(folder.resolve("cache"))).contains(JCudaNatives.file("JCudaRuntime"));
    assertThat(Files.readString(Path.of("/proc/self/maps")))
        .contains(folder.resolve("cache").toString());
  }

  /** Another test may have loaded JCuda's classes already. */
  private static URLClassLoader freshClasses() throws IOException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    assumeTrue(available(), "not run: JCuda has no natives for this system");
    Path file = Files.writeString(folder.resolve("file"), "");
    JCudaNatives natives = new JCudaNatives(JCudaNatives.class.getClassLoader(), file);
    assertThatThrownBy(() -> natives.initialize("jcuda.runtime.JCuda"))
        .isInstanceOf(LibraryException.class)
        .hasMessageContaining("cannot be unpacked into " + file);
  }

  @Test
  void theLoadersReasonIsTakenOutOfJCudasReport() {
    String report =
        """
        Error while loading native library "JCudaDriver-12.6.0-linux-x86_64"
        java.lang.UnsatisfiedLinkError: no JCudaDriver-12.6.0-linux-x86_64 in java.library.path: /usr/lib
        java.lang.UnsatisfiedLinkError: /tmp/libJCudaDriver-12.6.0-linux-x86_64.so: libcuda.so.1: cannot open shared object file: No such file or directory
        \tat java.base/jdk.internal.loader.NativeLibraries.load(Native Method)
        """;
    String reason = Links.reason(new UnsatisfiedLinkError(report));
    assertThat(reason)
        .isEqualTo("libcuda.so.1: cannot open shared object file: No such file or directory");
    assertThat(Links.isMissing(reason, "libcuda.so.1")).isTrue();
    assertThat(Links.isMissing(reason, "libnvrtc.so.12")).isFalse();
    assertThat(Links.reason(new NoClassDefFoundError("jcuda/driver/JCudaDriver")))
        .isEqualTo("NoClassDefFoundError: jcuda/driver/JCudaDriver");
  }
}
