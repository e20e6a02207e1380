package dev.weft.gpu.compile;

/** What became of a {@link CompileRequest}. */
public sealed interface Compilation {

  /**
   * Machine code.
   *
   * @param cubin an ELF file, which the driver loads as a module; not to be changed
   * @param log warnings, and what options such as {@code --ptxas-options=-v} ask for
   */
  record Compiled(byte[] cubin, String log) implements Compilation {}

  /**
   * The compiler refused.
   *
   * @param error NVRTC's name for it
   * @param log the compiler's messages
   */
  record Failed(String error, String log) implements Compilation {}
}
