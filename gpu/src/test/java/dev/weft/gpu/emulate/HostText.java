package dev.weft.gpu.emulate;

import dev.weft.kernels.cuda.CudaKernel.EntryPoint;
import dev.weft.kernels.cuda.CudaRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Many kernels as one C++ text. A kernel's own part lies in a namespace, and its entry points get
 * names of their own by macros, so that the text itself stays as it is. The namespace is in an
 * unnamed one: otherwise the shared memory of equally named kernels in two libraries is one.
 */
final class HostText {
  private HostText() {}

  /** Name under which entry point {@code entry} of kernel {@code kernel} is exported. */
  static String symbol(int kernel, int entry) {
    return "weft_kernel_%d_%d".formatted(kernel, entry);
  }

  static String of(List<HostSource> kernels) {
    StringBuilder text = new StringBuilder(resource("cuda_on_host.h"));
    for (int i = 0; i < kernels.size(); i++) {
      append(text, kernels.get(i), i);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, HostSource kernel, int number) {
    int own = kernel.text().indexOf("\n" + CudaRenderer.OWN_PART) + 1;
    text.append(kernel.text(), 0, own);
    for (EntryPoint entry : kernel.entryPoints()) {
      text.append("#define %s kernel_%d_%s\n".formatted(entry.name(), number, entry.name()));
    }
    text.append("namespace { namespace kernel_%d {\n".formatted(number));
    text.append(kernel.text(), own, kernel.text().length()).append("}}\n");
    for (int i = 0; i < kernel.entryPoints().size(); i++) {
      EntryPoint entry = kernel.entryPoints().get(i);
      text.append(
          """
          extern "C" int %s(int grid, int chunks, int block, const void *words) {
            return weft_run_grid(kernel_%d::%s, %s, grid, chunks, block, words);
          }
          #undef %s
          """
              .formatted(
                  symbol(number, i), number, entry.name(), entry.synchronizes(), entry.name()));
    }
  }

  /** A header beside this class. */
  static String resource(String name) {
    try (InputStream in = HostText.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
