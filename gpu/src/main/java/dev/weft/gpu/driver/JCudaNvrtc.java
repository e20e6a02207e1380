package dev.weft.gpu.driver;

import dev.weft.core.error.DeviceException;
import dev.weft.gpu.compile.CompilerVersion;
import dev.weft.gpu.compile.Nvrtc;
import dev.weft.gpu.library.CudaSettings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.LibraryLoader;
import dev.weft.gpu.library.Located;
import java.util.List;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;
import jcuda.nvrtc.nvrtcResult;

/** NVRTC of CUDA 12 by way of JCuda. */
public final class JCudaNvrtc implements Nvrtc {
  /** The version that JCuda's natives are linked to. */
  public static final int MAJOR = 12;

  private final CompilerVersion version;
  private final String description;

  private JCudaNvrtc(String origin) {
    int[] major = new int[1];
    int[] minor = new int[1];
    check("nvrtcVersion", JNvrtc.nvrtcVersion(major, minor));
    version = new CompilerVersion(major[0], minor[0]);
    description = "NVRTC %s by JCuda, %s".formatted(version, origin);
  }

  /**
   * Loads a library that was found, and JCuda's natives on top of it.
   *
   * @throws LibraryException when one of them does not load
   */
  public static JCudaNvrtc load(Located.Found found, CudaSettings settings)
      throws LibraryException {
    if (found.major() != MAJOR) {
      throw new LibraryException(
          "JCuda cannot load %s: it needs CUDA %d".formatted(found.target(), MAJOR), null);
    }
    // JCuda's library asks for libnvrtc by its bare name, which finds what is loaded already.
    LibraryLoader.open(found);
    JCudaNatives.of(settings).initialize("jcuda.nvrtc.JNvrtc");
    return new JCudaNvrtc(found.describe());
  }

  @Override
  public CompilerVersion version() {
    return version;
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Program create(String source, String name) {
    nvrtcProgram program = new nvrtcProgram();
    check("nvrtcCreateProgram", JNvrtc.nvrtcCreateProgram(program, source, name, 0, null, null));
    return new JCudaProgram(program);
  }

  @Override
  public String errorText(int code) {
    return JNvrtc.nvrtcGetErrorString(code);
  }

  private static void check(String function, int code) {
    if (code != nvrtcResult.NVRTC_SUCCESS) {
      throw new DeviceException(
          "compiling for CUDA: %s failed: %s"
              .formatted(function, JNvrtc.nvrtcGetErrorString(code)));
    }
  }

  private record JCudaProgram(nvrtcProgram program) implements Program {
    @Override
    public int compile(List<String> options) {
      return JNvrtc.nvrtcCompileProgram(program, options.size(), options.toArray(String[]::new));
    }

    @Override
    public String log() {
      String[] log = new String[1];
      check("nvrtcGetProgramLog", JNvrtc.nvrtcGetProgramLog(program, log));
      return log[0] == null ? "" : log[0].strip();
    }

    @Override
    public byte[] cubin() {
      long[] size = new long[1];
      check("nvrtcGetCUBINSize", JNvrtc.nvrtcGetCUBINSize(program, size));
      byte[] cubin = new byte[Math.toIntExact(size[0])];
      check("nvrtcGetCUBIN", JNvrtc.nvrtcGetCUBIN(program, cubin));
      return cubin;
    }

    @Override
    public void close() {
      check("nvrtcDestroyProgram", JNvrtc.nvrtcDestroyProgram(program));
    }
  }
}
