package dev.weft.cpu.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Anonymous mappings of Linux, with huge pages asked for.
 *
 * <p>With transparent huge pages in their usual "madvise" mode only memory that asks for them gets
 * them; a first pass over fresh 4 KiB pages costs several times the arithmetic done in it.
 */
final class LinuxPages implements PageSource {
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
  private static final int MADV_DONTNEED = 4;
  private static final int MADV_HUGEPAGE = 14;
  private static final long MAP_FAILED = -1;

  private static final MethodHandle MMAP =
      function(
          "mmap",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle MUNMAP =
      function(
          "munmap",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
  private static final MethodHandle MADVISE =
      function(
          "madvise",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT));

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  @Override
  public long reserve(long bytes) {
    if (bytes < HUGE_PAGE) {
      return map(bytes);
    }
    long mapped = map(bytes + HUGE_PAGE);
    if (mapped == 0) {
      return 0;
    }
    long address = (mapped + HUGE_PAGE - 1) & -HUGE_PAGE;
    unmap(mapped, address - mapped);
    unmap(address + pages(bytes), mapped + HUGE_PAGE - address);
    // A kernel without huge pages answers with an error; small pages then do.
    boolean ignored = advise(address, pages(bytes), MADV_HUGEPAGE);
    return address;
  }

  @Override
  public void release(long address, long bytes) {
    unmap(address, pages(bytes));
  }

  @Override
  public boolean discard(long address, long bytes) {
    return advise(address, bytes, MADV_DONTNEED);
  }

  @Override
  public String describe() {
    return "mmap, huge pages asked for";
  }

  private static long pages(long bytes) {
    return (bytes + PAGE - 1) & -PAGE;
  }

  private static long map(long bytes) {
    try {
      long address =
          (long) MMAP.invokeExact(0L, pages(bytes), PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
      return address == MAP_FAILED ? 0 : address;
    } catch (Throwable e) {
      throw unexpected("mmap", e);
    }
  }

  private static void unmap(long address, long bytes) {
    if (bytes == 0) {
      return;
    }
    int status;
    try {
      status = (int) MUNMAP.invokeExact(address, bytes);
    } catch (Throwable e) {
      throw unexpected("munmap", e);
    }
    if (status != 0) {
      throw new IllegalStateException(
          "munmap refused " + bytes + " bytes at 0x" + Long.toHexString(address));
    }
  }

  private static boolean advise(long address, long bytes, int advice) {
    try {
      return (int) MADVISE.invokeExact(address, bytes, advice) == 0;
    } catch (Throwable e) {
      throw unexpected("madvise", e);
    }
  }

  private static IllegalStateException unexpected(String function, Throwable cause) {
    return new IllegalStateException("calling " + function + " failed", cause);
  }
}
