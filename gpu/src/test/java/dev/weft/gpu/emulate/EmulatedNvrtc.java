package dev.weft.gpu.emulate;

import dev.weft.gpu.compile.Compilation;
import dev.weft.gpu.compile.CompileRequest;
import dev.weft.gpu.compile.CompilerVersion;
import dev.weft.gpu.compile.Nvrtc;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A compiler whose machine code is the text itself, for {@link EmulatedDriver}. */
final class EmulatedNvrtc implements Nvrtc {
  final AtomicInteger compilations = new AtomicInteger();

  /** A text with this word in it is refused. */
  volatile String refused = "no kernel has this word";

  @Override
  public CompilerVersion version() {
    return new CompilerVersion(0, 1);
  }

  @Override
  public String describe() {
    return "the host's compiler";
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
    return request.source().contains(refused)
        ? new Compilation.Failed("NVRTC_ERROR_COMPILATION", "line 1: " + refused)
        : new Compilation.Compiled(request.source().getBytes(StandardCharsets.UTF_8), "");
  }
}
