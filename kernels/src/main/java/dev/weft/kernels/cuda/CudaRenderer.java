package dev.weft.kernels.cuda;

import dev.weft.core.error.InternalException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.LibraryKernel;
import dev.weft.core.kernel.Param;
import dev.weft.core.kernel.RowProgram;
import dev.weft.core.kernel.Sink;
import java.util.Locale;

/**
 * Turns kernels into CUDA C text. Equal kernels give equal texts; neither shapes nor scalars are
 * part of them.
 */
public final class CudaRenderer {
  /** The line after which a text is about its kernel, and no longer the same for all. */
  public static final String OWN_PART = "// ===== ";

  private CudaRenderer() {}

  /** The kernel as text. */
  public static CudaKernel render(Kernel kernel) {
    return switch (kernel) {
      case FusedKernel fused -> fused(fused);
      case LibraryKernel library -> LibraryText.render(library);
      case RowProgram rows ->
          throw new InternalException("a row program is rendered kernel by kernel: " + rows.name());
    };
  }

  private static CudaKernel fused(FusedKernel kernel) {
    String name = kernel.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    ElementText element = new ElementText(kernel, name);
    boolean reduces = kernel.sinks().stream().anyMatch(Sink.Reduce.class::isInstance);
    StringBuilder text = new StringBuilder(CudaResource.text("values.cuh"));
    if (kernel.params().stream().anyMatch(Param.Random.class::isInstance)) {
      text.append('\n').append(CudaResource.text("random.cuh"));
    }
    if (reduces) {
      text.append('\n').append(CudaResource.text("reduce.cuh"));
    }
    text.append('\n').append(OWN_PART).append(name).append(" =====\n//\n");
    kernel.toString().lines().forEach(line -> text.append("// ").append(line).append('\n'));
    text.append('\n');
    if (!element.helpers().isEmpty()) {
      text.append(element.helpers()).append('\n');
    }
    text.append(LaunchStruct.of(kernel).text(name)).append('\n');
    text.append(element.function()).append('\n');
    if (reduces) {
      ReduceText reduce = new ReduceText(kernel, element, name);
      text.append(reduce.text());
      return new CudaKernel(kernel, name, text.toString(), reduce.entryPoints());
    }
    MapText map = new MapText(kernel, element, name);
    text.append(map.text());
    return new CudaKernel(kernel, name, text.toString(), map.entryPoints());
  }
}
