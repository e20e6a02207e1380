package dev.weft.gpu.compile;

import java.util.List;

/**
 * NVRTC, NVIDIA's compiler of CUDA C at run time. Two bindings call it: JCuda's where {@code
 * libnvrtc.so.12} is found, {@link NativeNvrtc} for that and for {@code libnvrtc.so.13}, which
 * JCuda's natives cannot load. Safe for use by several threads.
 */
public interface Nvrtc {
  /** The compiler's version; code of another version is another code. */
  CompilerVersion version();

  /** Which binding of which library this is, for people. */
  String describe();

  /**
   * A program that is not compiled yet.
   *
   * @throws dev.weft.core.error.DeviceException when there is no memory for it
   */
  Program create(String source, String name);

  /** NVRTC's name of an error. */
  String errorText(int code);

  /** Compiles for a GPU that need not be there. */
  default Compilation compile(CompileRequest request) {
    try (Program program = create(request.source(), request.name())) {
      int code = program.compile(request.allOptions());
      String log = program.log();
      return code == 0
          ? new Compilation.Compiled(program.cubin(), log)
          : new Compilation.Failed(errorText(code), log);
    }
  }

  /** A program while it is being compiled, by one thread. */
  interface Program extends AutoCloseable {
    /** NVRTC's result; 0 is success. */
    int compile(List<String> options);

    /** The compiler's messages; empty when it had none. */
    String log();

    /** Machine code, after a compilation for a real architecture. */
    byte[] cubin();

    @Override
    void close();
  }
}
