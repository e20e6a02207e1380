package dev.weft.core.device;

/** Energy that a device has used, or why that is not told. */
public sealed interface Energy {
  /**
   * The device has a counter.
   *
   * @param joules since some moment: only differences mean something
   * @param of what is counted, such as {@code the whole GPU}
   */
  record Used(double joules, String of) implements Energy {}

  /** Nobody tells, and why. */
  record NotTold(String reason) implements Energy {}
}
