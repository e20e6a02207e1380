package dev.weft.gpu.compile;

import java.util.ArrayList;
import java.util.List;

/**
 * One text to compile. Equal requests give equal code from the same compiler.
 *
 * @param name for messages of the compiler, such as {@code add.cu}
 * @param source CUDA C
 * @param options of NVRTC, without the architecture
 * @param architecture the GPU to compile for
 */
public record CompileRequest(
    String name, String source, List<String> options, Architecture architecture) {

  /** Copies the options. */
  public CompileRequest {
    options = List.copyOf(options);
  }

  /** All options, the architecture among them. */
  public List<String> allOptions() {
    List<String> all = new ArrayList<>(options);
    all.add("--gpu-architecture=" + architecture.flag());
    return all;
  }
}
