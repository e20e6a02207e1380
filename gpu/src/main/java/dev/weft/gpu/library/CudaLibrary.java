package dev.weft.gpu.library;

/** A library of the CUDA toolkit, under the names that its ways of being installed give it. */
public enum CudaLibrary {
  /** The compiler of CUDA C. Its builtins are a second file, which it opens by name. */
  NVRTC("NVRTC", "nvrtc", "libnvrtc-builtins.so.%d.", "cuda_nvrtc", "nvidia-cuda-nvrtc"),
  /** Matrix products. They are computed in a second library, cuBLASLt. */
  CUBLAS("cuBLAS", "cublas", "libcublasLt.so.%d", "cublas", "nvidia-cublas");

  private final String title;
  private final String base;
  private final String companion;
  private final String wheel;
  private final String pip;

  CudaLibrary(String title, String base, String companion, String wheel, String pip) {
    this.title = title;
    this.base = base;
    this.companion = companion;
    this.wheel = wheel;
    this.pip = pip;
  }

  /** The name that people use. */
  public String title() {
    return title;
  }

  /** The name under which the dynamic loader knows the library of a major version. */
  public String soname(int major) {
    return "lib%s.so.%d".formatted(base, major);
  }

  /** How the name of the file begins that has to be loaded first. */
  String companionPrefix(int major) {
    return companion.formatted(major);
  }

  /** Its folder under {@code site-packages/nvidia} in Python's wheels for CUDA 12. */
  String wheelFolder() {
    return wheel;
  }

  /** Python's package; those for CUDA 12 are marked, those for CUDA 13 are not. */
  String wheelPackage(int major) {
    return major < 13 ? pip + "-cu" + major : pip;
  }
}
