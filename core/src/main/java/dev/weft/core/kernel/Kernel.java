package dev.weft.core.kernel;

/** What a device compiles and launches; equal kernels share one compiled form. */
public sealed interface Kernel permits FusedKernel, LibraryKernel, RowProgram {
  /** A short name made of the operations, for messages and profiles. */
  String name();
}
