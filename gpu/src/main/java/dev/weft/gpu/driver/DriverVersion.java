package dev.weft.gpu.driver;

/** A version of CUDA, as drivers number the newest one that they support. */
public record DriverVersion(int major, int minor) {
  /** From 1000·major + 10·minor. */
  static DriverVersion of(int number) {
    return new DriverVersion(number / 1000, number % 1000 / 10);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
