package dev.weft.gpu.compile;

import dev.weft.core.error.DeviceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A compiler whose "machine code" is the checksum of all that code depends on, 64 times over, and
 * which counts. Texts with the word {@code error} are refused; {@code broken} makes it fail.
 */
final class FakeNvrtc implements Nvrtc {
  final AtomicInteger compilations = new AtomicInteger();
  private final CompilerVersion version;
  private final long millis;

  FakeNvrtc(CompilerVersion version, long millis) {
    this.version = version;
    this.millis = millis;
  }

  static byte[] code(CompileRequest request, CompilerVersion version) {
    return CubinKey.of(request, version).hex().repeat(64).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public CompilerVersion version() {
    return version;
  }

  @Override
  public String describe() {
    return "a fake compiler";
  }

  @Override
  public Program create(String source, String name) {
    throw new UnsupportedOperationException("compile() does it all");
  }

  @Override
  public String errorText(int code) {
    return "error " + code;
  }

  @Override
  public Compilation compile(CompileRequest request) {
    compilations.incrementAndGet();
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (request.source().contains("broken")) {
      throw new DeviceException("no memory");
    }
    return request.source().contains("error")
        ? new Compilation.Failed("NVRTC_ERROR_COMPILATION", "line 1: error")
        : new Compilation.Compiled(code(request, version), "");
  }

  static CompileRequest request(String source) {
    return new CompileRequest("a.cu", source, List.of("--fmad=false"), new Architecture(9, 0));
  }
}
