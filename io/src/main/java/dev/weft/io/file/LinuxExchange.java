package dev.weft.io.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** renameat2 with RENAME_EXCHANGE: two names of a file system change places in one step. */
final class LinuxExchange {
  private static final int AT_FDCWD = -100;
  private static final int RENAME_EXCHANGE = 2;
  private static final int ENOENT = 2;
  private static final int EINVAL = 22;
  private static final int ENOSYS = 38;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final Optional<MethodHandle> RENAME = find();

  private LinuxExchange() {}

  /** False where the system or the file system cannot do that. */
  static boolean exchange(Path one, Path other) throws IOException {
    if (RENAME.isEmpty()) {
      return false;
    }
    int error = call(RENAME.get(), one, other);
    return switch (error) {
      case 0 -> true;
      case EINVAL, ENOSYS -> false;
      case ENOENT -> throw new NoSuchFileException(one.toString(), other.toString(), null);
      default ->
          throw new IOException(
              "exchanging %s and %s failed with error number %d".formatted(one, other, error));
    };
  }

  private static int call(MethodHandle rename, Path one, Path other) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment from = arena.allocateFrom(one.toAbsolutePath().toString());
      MemorySegment to = arena.allocateFrom(other.toAbsolutePath().toString());
      int result = (int) rename.invokeExact(state, AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE);
      return result == 0 ? 0 : (int) ERRNO.get(state, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("calling renameat2 failed", e);
    }
  }

  private static Optional<MethodHandle> find() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    ValueLayout.OfInt number = ValueLayout.JAVA_INT;
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("renameat2")
        .map(
            symbol ->
                linker.downcallHandle(
                    symbol,
                    FunctionDescriptor.of(
                        number, number, ValueLayout.ADDRESS, number, ValueLayout.ADDRESS, number),
                    Linker.Option.captureCallState("errno")));
  }
}
