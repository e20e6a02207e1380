package dev.weft.cli.compare;

/** The parts of a job's time that a comparison tells apart. */
public enum Phase {
  /** Optimising, fusing, planning and compiling, until the first task starts. */
  COMPILE("compile", "compile", "compile"),
  /** Copies of inputs to the device's memory. */
  HOST_TO_DEVICE("host to device", "to device", "host_to_device"),
  /** Kernels on the device. */
  KERNEL("kernel", "kernel", "kernel"),
  /** Copies of results to the host's memory. */
  DEVICE_TO_HOST("device to host", "to host", "device_to_host"),
  /** Partial results joined on the host. */
  REDUCE("reduce (host)", "reduce", "reduce");

  private final String label;
  private final String column;
  private final String key;

  Phase(String label, String column, String key) {
    this.label = label;
    this.column = column;
    this.key = key;
  }

  /** The name in a chart. */
  public String label() {
    return label;
  }

  /** The name over a column. */
  public String column() {
    return column;
  }

  /** The name in JSON. */
  public String key() {
    return key;
  }
}
