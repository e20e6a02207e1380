package dev.weft.gpu.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every text is compiled once, by whoever comes first. */
class CubinCacheTest {
  private static final CompilerVersion VERSION = new CompilerVersion(12, 9);

  @TempDir private Path folder;
  private final FakeNvrtc nvrtc = new FakeNvrtc(VERSION, 0);

  private static byte[] code(Compilation compilation) {
    return ((Compilation.Compiled) compilation).cubin();
  }

  private static byte[] expected(String source) {
    return FakeNvrtc.code(FakeNvrtc.request(source), VERSION);
  }

  @Test
  void memoryThenDiskThenTheCompiler() {
    CubinCache cache = new CubinCache(nvrtc, folder);
    assertThat(code(cache.get(FakeNvrtc.request("a")))).isEqualTo(expected("a"));
    assertThat(code(cache.get(FakeNvrtc.request("a")))).isEqualTo(expected("a"));
    assertThat(cache.statistics()).isEqualTo(new CubinCache.Statistics(1, 0, 1, 0, ""));

    CubinCache next = new CubinCache(nvrtc, folder);
    assertThat(code(next.get(FakeNvrtc.request("a")))).isEqualTo(expected("a"));
    assertThat(next.statistics()).isEqualTo(new CubinCache.Statistics(0, 1, 0, 0, ""));
    assertThat(nvrtc.compilations).hasValue(1);
  }

  @Test
  void anotherCompilerCompilesAnew() {
    new CubinCache(nvrtc, folder).get(FakeNvrtc.request("a"));
    FakeNvrtc newer = new FakeNvrtc(new CompilerVersion(13, 0), 0);
    new CubinCache(newer, folder).get(FakeNvrtc.request("a"));
    assertThat(newer.compilations).hasValue(1);
  }

  @Test
  void aBrokenEntryIsCompiledAnew() throws IOException {
    new CubinCache(nvrtc, folder).get(FakeNvrtc.request("a"));
    CubinKey key = CubinKey.of(FakeNvrtc.request("a"), VERSION);
    Path file = new CubinStore(folder).file(key);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    CubinCache cache = new CubinCache(nvrtc, folder);
    assertThat(code(cache.get(FakeNvrtc.request("a")))).isEqualTo(expected("a"));
    assertThat(cache.statistics().compiled()).isOne();
    assertThat(cache.statistics().diskProblems()).isOne();
    assertThat(cache.statistics().lastProblem()).contains(file.toString());
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void aRefusalIsNotKeptOnDisk() {
    CubinCache cache = new CubinCache(nvrtc, folder);
    assertThat(cache.get(FakeNvrtc.request("error")))
        .isEqualTo(new Compilation.Failed("NVRTC_ERROR_COMPILATION", "line 1: error"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFailureIsTriedAgain() {
    CubinCache cache = new CubinCache(nvrtc, folder);
    for (int i = 1; i <= 2; i++) {
      assertThatThrownBy(() -> cache.get(FakeNvrtc.request("broken")))
          .isInstanceOf(DeviceException.class);
      assertThat(nvrtc.compilations).hasValue(i);
    }
  }

  @Test
  void withoutADiskItStillCompilesOnce() throws IOException {
    CubinCache cache =
        new CubinCache(nvrtc, Files.writeString(folder.resolve("file"), "").resolve("cache"));
    assertThat(code(cache.get(FakeNvrtc.request("a")))).isEqualTo(expected("a"));
    assertThat(code(cache.get(FakeNvrtc.request("a")))).isEqualTo(expected("a"));
    assertThat(nvrtc.compilations).hasValue(1);
    assertThat(cache.statistics().lastProblem()).contains("cannot be");
  }

  @Test
  void threadsThatAskTogetherCompileOnce() throws Exception {
    FakeNvrtc slow = new FakeNvrtc(VERSION, 20);
    CubinCache cache = new CubinCache(slow, folder);
    List<Callable<Boolean>> asked = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      String source = "kernel " + i % 10;
      asked.add(() -> Arrays.equals(code(cache.get(FakeNvrtc.request(source))), expected(source)));
    }
    Collections.shuffle(asked, new Random(3));
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Boolean> right : threads.invokeAll(asked)) {
        assertThat(right.get()).isTrue();
      }
    }
    assertThat(slow.compilations).hasValue(10);
    assertThat(cache.statistics()).isEqualTo(new CubinCache.Statistics(150, 0, 10, 0, ""));
  }

  /** Processes write the same entries over and over while others read them. */
  @Test
  void processesDoNotDisturbEachOther() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  CubinCacheProcess.class.getName(),
                  folder.toString(),
                  Integer.toString(i))
              .redirectErrorStream(true)
              .start());
    }
    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).describedAs(output).isZero();
      assertThat(output).isEqualTo("600 right, 0 problems\n");
    }
    CubinCache cache = new CubinCache(nvrtc, folder);
    for (int i = 0; i < CubinCacheProcess.KERNELS; i++) {
      String source = "kernel " + i;
      assertThat(code(cache.get(FakeNvrtc.request(source)))).isEqualTo(expected(source));
    }
    assertThat(nvrtc.compilations).hasValue(0);
  }
}
