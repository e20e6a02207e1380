package dev.weft.gpu.compile;

/** The version of NVRTC, which is that of its CUDA toolkit. */
public record CompilerVersion(int major, int minor) {
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
