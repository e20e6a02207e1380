package dev.weft.gpu.compile;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.InternalException;
import dev.weft.gpu.library.Bindings;
import dev.weft.gpu.library.LibraryException;
import dev.weft.gpu.library.LibraryLoader;
import dev.weft.gpu.library.Located;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** NVRTC of CUDA 12 or 13, called directly. The functions used have the same form in both. */
public final class NativeNvrtc implements Nvrtc {
  private final MethodHandle create;
  private final MethodHandle compile;
  private final MethodHandle destroy;
  private final MethodHandle logSize;
  private final MethodHandle log;
  private final MethodHandle cubinSize;
  private final MethodHandle cubin;
  private final MethodHandle errorText;
  private final CompilerVersion version;
  private final String description;

  private NativeNvrtc(Bindings library, String origin) throws LibraryException {
    FunctionDescriptor query = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);
    create =
        library.bind(
            "nvrtcCreateProgram",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS));
    compile =
        library.bind(
            "nvrtcCompileProgram", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS));
    destroy = library.bind("nvrtcDestroyProgram", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    logSize = library.bind("nvrtcGetProgramLogSize", query);
    log = library.bind("nvrtcGetProgramLog", query);
    cubinSize = library.bind("nvrtcGetCUBINSize", query);
    cubin = library.bind("nvrtcGetCUBIN", query);
    errorText = library.bind("nvrtcGetErrorString", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    version = version(library.bind("nvrtcVersion", query));
    description = "NVRTC %s, called directly, %s".formatted(version, origin);
  }

  /**
   * Loads and binds a library that was found.
   *
   * @throws LibraryException when it does not load, or lacks a function
   */
  public static NativeNvrtc load(Located.Found found) throws LibraryException {
    return new NativeNvrtc(
        new Bindings(found.target(), LibraryLoader.open(found)), found.describe());
  }

  private CompilerVersion version(MethodHandle query) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment numbers = arena.allocate(JAVA_INT, 2);
      check("nvrtcVersion", (int) query.invokeExact(numbers, numbers.asSlice(JAVA_INT.byteSize())));
      return new CompilerVersion(numbers.getAtIndex(JAVA_INT, 0), numbers.getAtIndex(JAVA_INT, 1));
    } catch (Throwable failure) {
      throw failed("nvrtcVersion", failure);
    }
  }

  @Override
  public CompilerVersion version() {
    return version;
  }

  @Override
  public String describe() {
    return description;
  }

  @Override
  public Program create(String source, String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment handle = arena.allocate(ADDRESS);
      check(
          "nvrtcCreateProgram",
          (int)
              create.invokeExact(
                  handle,
                  arena.allocateFrom(source),
                  arena.allocateFrom(name),
                  0,
                  MemorySegment.NULL,
                  MemorySegment.NULL));
      return new NativeProgram(handle.get(ADDRESS, 0));
    } catch (Throwable failure) {
      throw failed("nvrtcCreateProgram", failure);
    }
  }

  @Override
  public String errorText(int code) {
    try {
      MemorySegment text = (MemorySegment) errorText.invokeExact(code);
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable failure) {
      throw failed("nvrtcGetErrorString", failure);
    }
  }

  private void check(String function, int code) {
    if (code != 0) {
      throw new DeviceException(
          "compiling for CUDA: %s failed: %s".formatted(function, errorText(code)));
    }
  }

  /** A method handle may throw anything; what is not ours already is a defect of the binding. */
  private static RuntimeException failed(String function, Throwable failure) {
    return switch (failure) {
      case DeviceException known -> known;
      case Error error -> throw error;
      default -> new InternalException("calling %s failed".formatted(function), failure);
    };
  }

  private final class NativeProgram implements Program {
    private final MemorySegment program;

    NativeProgram(MemorySegment program) {
      this.program = program;
    }

    @Override
    public int compile(List<String> options) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment texts = arena.allocate(ADDRESS, options.size());
        for (int i = 0; i < options.size(); i++) {
          texts.setAtIndex(ADDRESS, i, arena.allocateFrom(options.get(i)));
        }
        return (int) compile.invokeExact(program, options.size(), texts);
      } catch (Throwable failure) {
        throw failed("nvrtcCompileProgram", failure);
      }
    }

    @Override
    public String log() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment text = read(arena, "nvrtcGetProgramLog", logSize, log);
        return text.byteSize() == 0 ? "" : text.getString(0).strip();
      }
    }

    @Override
    public byte[] cubin() {
      try (Arena arena = Arena.ofConfined()) {
        return read(arena, "nvrtcGetCUBIN", cubinSize, cubin).toArray(JAVA_BYTE);
      }
    }

    private MemorySegment read(
        Arena arena, String function, MethodHandle size, MethodHandle content) {
      try {
        MemorySegment length = arena.allocate(JAVA_LONG);
        check(function + "Size", (int) size.invokeExact(program, length));
        MemorySegment bytes = arena.allocate(length.get(JAVA_LONG, 0));
        check(function, (int) content.invokeExact(program, bytes));
        return bytes;
      } catch (Throwable failure) {
        throw failed(function, failure);
      }
    }

    @Override
    public void close() {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment handle = arena.allocate(ADDRESS);
        handle.set(ADDRESS, 0, program);
        check("nvrtcDestroyProgram", (int) destroy.invokeExact(handle));
      } catch (Throwable failure) {
        throw failed("nvrtcDestroyProgram", failure);
      }
    }
  }
}
