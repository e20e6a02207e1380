package dev.weft.cli.compare;

/** Where inputs lie when a run begins. */
public enum InputsAt {
  /** In files or the host's memory: copies to the device are part of a run. */
  HOST("host", ""),
  /** In the device's memory, where a single result stays too: a run is the work alone. */
  DEVICE("there", ", inputs there");

  private final String label;
  private final String suffix;

  InputsAt(String label, String suffix) {
    this.label = label;
    this.suffix = suffix;
  }

  /** The word in a table and in JSON. */
  public String label() {
    return label;
  }

  /** What stands behind the name of a device in a sentence. */
  public String suffix() {
    return suffix;
  }
}
