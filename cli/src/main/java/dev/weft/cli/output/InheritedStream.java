package dev.weft.cli.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a descriptor that the process was started with. Java has no way to it but its name
 * below /dev/fd, which for a file means opening it once more, with a position of its own: what
 * other programs write to the same file would be overwritten.
 */
final class InheritedStream extends OutputStream {
  private final int descriptor;
  private @Nullable MethodHandle write;
  private @Nullable OutputStream instead;

  InheritedStream(int descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (write == null && instead == null) {
      bind();
    }
    if (instead != null) {
      instead.write(bytes, offset, length);
    } else if (write != null) {
      write(write, bytes, offset, length);
    }
  }

  /** At the first message: most runs have none, and it takes some milliseconds. */
  private void bind() {
    try {
      Linker linker = Linker.nativeLinker();
      ValueLayout.OfLong word = ValueLayout.JAVA_LONG;
      write =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("write"),
              FunctionDescriptor.of(word, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, word));
    } catch (RuntimeException | LinkageError e) {
      // A Java without native access: descriptor 2 leads there as well, through the filter.
      instead = new FileOutputStream(FileDescriptor.err);
    }
  }

  private void write(MethodHandle handle, byte[] bytes, int offset, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(Math.max(1, length));
      MemorySegment.copy(bytes, offset, text, ValueLayout.JAVA_BYTE, 0, length);
      long done = 0;
      while (done < length) {
        long count = (long) handle.invokeExact(descriptor, text.asSlice(done), length - done);
        if (count <= 0) {
          throw new IOException("write to standard error failed");
        }
        done += count;
      }
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("calling write failed", e);
    }
  }
}
