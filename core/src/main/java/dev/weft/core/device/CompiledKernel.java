package dev.weft.core.device;

import dev.weft.core.kernel.Kernel;

/** A kernel ready to run on one device. */
public interface CompiledKernel {
  /** What was compiled. */
  Kernel kernel();

  /** The generated code for people: bytecode outline or CUDA text, and why it has this form. */
  String source();

  /** Whether the code that runs is the one that will always run, not one that is to be replaced. */
  default boolean isSettled() {
    return true;
  }
}
