package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beyond 2 GiB; sparse, so that they cost no disk. */
class NpyLargeTest {
  private static final long ROWS = 3L << 20;
  private static final Shape SHAPE = Shape.of(ROWS, 1024);

  @TempDir Path directory;

  @Test
  void readsTheEndOfALargeFile() throws IOException {
    Path file = directory.resolve("large.npy");
    byte[] header = NpyHeader.write(DType.INT8, SHAPE);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(header));
      channel.write(ByteBuffer.wrap(new byte[] {42}), header.length + SHAPE.size() - 1);
    }
    try (NpySource source = Npy.read(file);
        HostArray last = HostArray.allocate(DType.INT8, Shape.of(2, 3))) {
      Region corner = new Region(new long[] {ROWS - 2, 1021}, new long[] {2, 3});
      source.read(corner, last.segment());
      assertThat(last.toByteArray()).containsExactly(0, 0, 0, 0, 0, 42);
      assertThat(source.memory().memory().get(ValueLayout.JAVA_BYTE, SHAPE.size() - 1))
          .isEqualTo((byte) 42);
    }
  }
}
