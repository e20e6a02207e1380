package dev.weft.io.image;

import dev.weft.core.dtype.DType;
import dev.weft.io.binary.OpenFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * An open PNG file.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">Portable Network Graphics</a>
 */
final class PngImage {
  private static final long SIGNATURE = 8;

  /** Length, type and checksum of a chunk. */
  private static final long FRAME = 12;

  private static final int IHDR = 0x49484452;
  private static final int TRNS = 0x74524E53;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int PALETTE = 3;

  /** Deflate packs at most so many bytes into one. */
  private static final long BEST = 1032;

  private final ImageBytes bytes;
  private final Picture picture;
  private final int bits;
  private final int kind;

  /**
   * Reads the header.
   *
   * @throws dev.weft.io.FormatException when it is damaged
   */
  PngImage(OpenFile file) {
    this.bytes = ImageBytes.of(file, ByteOrder.BIG_ENDIAN);
    if (bytes.size() < SIGNATURE
        || bytes.intAt(0) != 0x89504E47L
        || bytes.intAt(4) != 0x0D0A1A0AL) {
      throw bytes.damaged(0, "this is no PNG file");
    }
    if (bytes.intAt(SIGNATURE) != 13 || bytes.intAt(SIGNATURE + 4) != IHDR) {
      throw bytes.damaged(SIGNATURE, "it does not begin with a header");
    }
    long header = SIGNATURE + 8;
    this.bits = bytes.byteAt(header + 8);
    this.kind = bytes.byteAt(header + 9);
    long width = bytes.intAt(header);
    long height = bytes.intAt(header + 4);
    this.picture =
        new Picture(
            header,
            height,
            width,
            channels(),
            dtype(header),
            kind == PALETTE ? "palette" : "deflate");
    long row = (width * bits * samples() + 7) / 8 + 1;
    long unpacked = Math.max(picture.bytes(), row * height);
    boolean isLarge = width > Integer.MAX_VALUE || height > Integer.MAX_VALUE;
    // Colours of a palette take up to 32 bytes for each byte of its indices.
    bytes.requireSize(header, picture, isLarge ? -1 : unpacked, bytes.size(), 32 * BEST);
    bytes.requireSize(header, picture, isLarge ? -1 : row * height, bytes.size(), BEST);
  }

  private int samples() {
    return switch (kind) {
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> 1;
    };
  }

  private int channels() {
    return kind == PALETTE ? hasTransparency() ? 4 : 3 : samples();
  }

  private DType dtype(long header) {
    boolean isKnown =
        switch (kind) {
          case 0 -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case 2, 4, 6 -> bits == 8 || bits == 16;
          default -> false;
        };
    if (!isKnown) {
      throw bytes.damaged(header + 8, "there is no type %d of %d bits".formatted(kind, bits));
    }
    return bits == 1 && kind == 0 ? DType.BOOL : bits == 16 ? DType.UINT16 : DType.UINT8;
  }

  /** Whether there is transparency before the pixels. */
  private boolean hasTransparency() {
    for (long at = SIGNATURE; at + FRAME <= bytes.size(); at += FRAME + bytes.intAt(at)) {
      int type = (int) bytes.intAt(at + 4);
      if (type == TRNS) {
        return true;
      }
      if (type == IDAT) {
        return false;
      }
    }
    return false;
  }

  /** What is in it. */
  Picture picture() {
    return picture;
  }

  /** The image as an array. */
  ImageSource source() {
    return new ImageSource(bytes.file(), "", picture, 1, (index, target) -> decode(target));
  }

  private void decode(MemorySegment target) {
    requireSums();
    // Shades of two and four bits stand for those of eight.
    int scale = kind == 0 && bits == 2 ? 85 : kind == 0 && bits == 4 ? 17 : 1;
    bytes.guarded(
        picture.header(),
        () ->
            Pixels.decode(
                "png", new byte[0], bytes.bytes(), picture, kind == PALETTE, scale, target));
  }

  private void requireSums() {
    long at = SIGNATURE;
    boolean isEnd = false;
    while (!isEnd) {
      bytes.require(at, FRAME);
      long length = bytes.intAt(at);
      bytes.require(at, FRAME + length);
      CRC32 sum = new CRC32();
      sum.update(bytes.bytes().asSlice(at + 4, 4 + length).asByteBuffer());
      if (sum.getValue() != bytes.intAt(at + 8 + length)) {
        throw bytes.damaged(at, "a chunk has another checksum than it says");
      }
      isEnd = bytes.intAt(at + 4) == IEND;
      at += FRAME + length;
    }
  }
}
