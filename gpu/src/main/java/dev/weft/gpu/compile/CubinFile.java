package dev.weft.gpu.compile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an entry on disk: a mark, the key, the checksum of the cubin, its length, the cubin.
 * A file that was cut off, changed or put under another name is recognised.
 */
final class CubinFile {
  private static final byte[] MARK = "WEFTCUB1".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH = 32;
  private static final int HEADER = MARK.length + HASH + HASH + Integer.BYTES;

  private CubinFile() {}

  static byte[] write(CubinKey key, byte[] cubin) {
    return ByteBuffer.allocate(HEADER + cubin.length)
        .put(MARK)
        .put(HexFormat.of().parseHex(key.hex()))
        .put(CubinKey.sha256(cubin))
        .putInt(cubin.length)
        .put(cubin)
        .array();
  }

  /** The cubin, or null where the bytes are not what was written for this key. */
  static byte @Nullable [] read(CubinKey key, byte[] bytes) {
    if (bytes.length < HEADER) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] mark = next(in, MARK.length);
    byte[] keyBytes = next(in, HASH);
    byte[] checksum = next(in, HASH);
    int length = in.getInt();
    if (!Arrays.equals(mark, MARK)
        || !HexFormat.of().formatHex(keyBytes).equals(key.hex())
        || length != in.remaining()) {
      return null;
    }
    byte[] cubin = next(in, length);
    return Arrays.equals(CubinKey.sha256(cubin), checksum) ? cubin : null;
  }

  private static byte[] next(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
