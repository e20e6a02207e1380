package dev.weft.kernels.cuda;

import dev.weft.core.error.InternalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Hand-written CUDA C beside this class. */
final class CudaResource {
  private CudaResource() {}

  /** The text of a resource. */
  static String text(String name) {
    try (InputStream in = CudaResource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new InternalException("the jar of weft-kernels lacks " + name + "; build it again");
      }
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }
}
