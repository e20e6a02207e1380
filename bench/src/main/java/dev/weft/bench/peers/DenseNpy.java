package dev.weft.bench.peers;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads little-endian float32 and float64 .npy files in C order, as the harness writes them. */
final class DenseNpy {

  private static final Pattern DESCR = Pattern.compile("'descr': '<f([48])'");
  private static final Pattern SHAPE = Pattern.compile("'shape': \\(([^)]*)\\)");

  private DenseNpy() {}

  static DenseArray read(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path);
        Arena arena = Arena.ofConfined()) {
      MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      int length = Short.toUnsignedInt(file.get(ValueLayout.JAVA_SHORT_UNALIGNED, 8));
      byte[] bytes = file.asSlice(10, length).toArray(ValueLayout.JAVA_BYTE);
      String header = new String(bytes, StandardCharsets.US_ASCII);
      Matcher descr = DESCR.matcher(header);
      Matcher shape = SHAPE.matcher(header);
      if (!descr.find() || !shape.find() || header.contains("'fortran_order': True")) {
        throw new IOException(path + ": expected <f4 or <f8 in C order, header " + header.strip());
      }
      int[] extents =
          Arrays.stream(shape.group(1).split(","))
              .map(String::strip)
              .filter(s -> !s.isEmpty())
              .mapToInt(Integer::parseInt)
              .toArray();
      MemorySegment data = file.asSlice(10L + length);
      Object elements =
          descr.group(1).equals("8")
              ? data.toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED)
              : data.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
      return new DenseArray(extents, elements);
    }
  }
}
