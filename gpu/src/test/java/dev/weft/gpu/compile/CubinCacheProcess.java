package dev.weft.gpu.compile;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** One of several processes on one folder: asks fresh caches for a few texts, rewriting entries. */
final class CubinCacheProcess {
  static final int KERNELS = 5;
  private static final int ROUNDS = 600;

  private CubinCacheProcess() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    Random random = new Random(Integer.parseInt(arguments[1]));
    CompilerVersion version = new CompilerVersion(12, 9);
    FakeNvrtc nvrtc = new FakeNvrtc(version, 0);
    CubinStore store = new CubinStore(folder);
    int right = 0;
    long problems = 0;
    for (int round = 0; round < ROUNDS; round++) {
      CompileRequest request = FakeNvrtc.request("kernel " + random.nextInt(KERNELS));
      byte[] expected = FakeNvrtc.code(request, version);
      if (random.nextBoolean()) {
        store.write(CubinKey.of(request, version), expected);
      }
      CubinCache cache = new CubinCache(nvrtc, folder);
      if (cache.get(request) instanceof Compilation.Compiled compiled
          && Arrays.equals(compiled.cubin(), expected)) {
        right++;
      }
      problems += cache.statistics().diskProblems();
    }
    System.out.printf("%d right, %d problems%n", right, problems);
  }
}
