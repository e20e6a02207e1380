package dev.weft.gpu.emulate;

import dev.weft.kernels.cuda.CudaKernel;
import dev.weft.kernels.cuda.CudaKernel.EntryPoint;
import dev.weft.kernels.cuda.CudaRenderer;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is compiled for the host: a kernel's text and its entry points. */
record HostSource(String text, List<EntryPoint> entryPoints) {
  private static final Pattern ENTRY =
      Pattern.compile("extern \"C\" __global__ void __launch_bounds__\\([^)]*\\) (\\w+)\\(");

  HostSource {
    entryPoints = List.copyOf(entryPoints);
  }

  static HostSource of(CudaKernel kernel) {
    return new HostSource(kernel.source(), kernel.entryPoints());
  }

  /** The entry points that a text has; all of them synchronize if any may. */
  static HostSource parse(String text) {
    String own = text.substring(text.indexOf("\n" + CudaRenderer.OWN_PART) + 1);
    boolean synchronizes = text.contains("__syncthreads");
    List<String> names = ENTRY.matcher(own).results().map((MatchResult r) -> r.group(1)).toList();
    if (names.isEmpty()) {
      throw new AssertionError("no entry point in\n" + own);
    }
    return new HostSource(
        text, names.stream().map(name -> new EntryPoint(name, synchronizes)).toList());
  }
}
