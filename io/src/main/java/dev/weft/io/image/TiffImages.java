package dev.weft.io.image;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.io.ArrayEntry;
import dev.weft.io.binary.OpenFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An open TIFF file. Images that are alike are one stack, as tifffile reads them; others have
 * numbers.
 *
 * @see <a href="https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf">TIFF, revision
 *     6.0</a>
 */
final class TiffImages {
  private static final int HEADER = 8;

  /** Texts and tables beside the images take no more than the file has, which they lie in. */
  private static final long SLACK = 64 << 10;

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int STRIP_OFFSETS = 273;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int STRIP_BYTES = 279;
  private static final int PLANAR = 284;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;
  private static final int SAMPLE_FORMAT = 339;

  private final ImageBytes bytes;
  private final List<Picture> pictures = new ArrayList<>();

  /**
   * Reads all headers.
   *
   * @throws dev.weft.io.FormatException when they are damaged, or hold what is not read
   */
  TiffImages(OpenFile file, ByteOrder order) {
    this.bytes = ImageBytes.of(file, order);
    Set<Long> seen = new HashSet<>();
    long left = bytes.size() + SLACK;
    long at = bytes.intAt(4);
    while (at != 0) {
      if (!seen.add(at)) {
        throw bytes.damaged(at, "its images lead back to one before");
      }
      TiffDirectory directory = TiffDirectory.read(bytes, at);
      left -= directory.bytes();
      if (left < 0) {
        throw bytes.damaged(at, "its fields have more bytes than the file");
      }
      pictures.add(picture(directory));
      at = directory.next();
    }
    if (pictures.isEmpty()) {
      throw bytes.damaged(4, "it holds no image");
    }
  }

  private Picture picture(TiffDirectory directory) {
    long at = directory.at();
    long samples = directory.number(SAMPLES, 1);
    long photometric = directory.number(PHOTOMETRIC, -1);
    // Shades, red with green and blue, and indices of a palette.
    boolean isKnown =
        photometric == 1 && samples == 1
            || photometric == 2 && (samples == 3 || samples == 4)
            || photometric == 3 && samples == 1;
    if (!isKnown) {
      throw bytes.unsupported(
          at,
          "an image of kind %d with %,d channels; grey (1), RGB(A) (2) and palettes (3) are read"
              .formatted(photometric, samples));
    }
    if (directory.number(PLANAR, 1) != 1) {
      throw bytes.unsupported(at, "an image whose channels lie one after the other");
    }
    long compression = directory.number(COMPRESSION, 1);
    if (directory.number(PREDICTOR, 1) != 1 && dtype(directory).itemSize() != 1) {
      // The JDK undoes those of bytes only.
      throw bytes.unsupported(at, "an image of differences of 16 bits or more (predictor)");
    }
    Picture picture =
        new Picture(
            at,
            directory.value(HEIGHT, 0),
            directory.value(WIDTH, 0),
            (int) samples,
            dtype(directory),
            codec(at, compression));
    requireSize(directory, picture, best(compression));
    return picture;
  }

  private DType dtype(TiffDirectory directory) {
    long bits = directory.value(BITS, 0);
    long format = directory.number(SAMPLE_FORMAT, 1);
    for (long i = 1; i < directory.count(BITS); i++) {
      if (directory.value(BITS, i) != bits) {
        throw bytes.unsupported(directory.at(), "an image whose channels have different bits");
      }
    }
    for (long i = 1; i < directory.count(SAMPLE_FORMAT); i++) {
      if (directory.value(SAMPLE_FORMAT, i) != format) {
        throw bytes.unsupported(directory.at(), "an image whose channels have different types");
      }
    }
    if (format == 1 && bits == 8) {
      return DType.UINT8;
    }
    if (format == 1 && bits == 16) {
      return DType.UINT16;
    }
    if (format == 2 && bits == 16) {
      return DType.INT16;
    }
    if (format == 3 && bits == 32) {
      return DType.FLOAT32;
    }
    throw bytes.unsupported(
        directory.at(),
        "an image of %,d bits of format %d; uint8, uint16, int16 and float32 are read"
            .formatted(bits, format));
  }

  private String codec(long at, long compression) {
    return switch ((int) compression) {
      case 1 -> "";
      case 5 -> "lzw";
      case 8, 32946 -> "deflate";
      case 32773 -> "packbits";
      default ->
          throw bytes.unsupported(
              at,
              "an image packed by method %,d; none, LZW, deflate and PackBits are read"
                  .formatted(compression));
    };
  }

  /** What one byte unpacks to, at most. */
  private static long best(long compression) {
    return switch ((int) compression) {
      case 1 -> 1;
      case 5 -> 2731;
      case 32773 -> 64;
      default -> 1032;
    };
  }

  private void requireSize(TiffDirectory directory, Picture picture, long best) {
    long at = directory.at();
    boolean tiled = directory.has(TILE_WIDTH) || directory.has(TILE_HEIGHT);
    long height =
        tiled
            ? directory.value(TILE_HEIGHT, 0)
            : Math.min(directory.number(ROWS_PER_STRIP, picture.height()), picture.height());
    long width = tiled ? directory.value(TILE_WIDTH, 0) : picture.width();
    if (picture.height() > Integer.MAX_VALUE
        || picture.width() > Integer.MAX_VALUE
        || height <= 0
        || height > Integer.MAX_VALUE
        || width <= 0
        || width > Integer.MAX_VALUE) {
      throw bytes.damaged(at, "its parts cannot have %,d x %,d pixels".formatted(height, width));
    }
    long down = Math.ceilDiv(picture.height(), height);
    long across = Math.ceilDiv(picture.width(), width);
    int offsets = tiled ? TILE_OFFSETS : STRIP_OFFSETS;
    int counts = tiled ? TILE_BYTES : STRIP_BYTES;
    long pixel = (long) picture.channels() * picture.dtype().itemSize();
    bytes.requireSize(at, picture, product(height, width, pixel), bytes.size(), best);
    if (directory.count(offsets) != down * across || directory.count(counts) != down * across) {
      throw bytes.damaged(
          at,
          "%,d parts are expected, and %,d are there"
              .formatted(down * across, directory.count(offsets)));
    }
    long packed = 0;
    for (long i = 0; i < down * across; i++) {
      long count = directory.value(counts, i);
      bytes.require(directory.value(offsets, i), count);
      packed += count;
    }
    long unpacked = product(picture.height(), picture.width(), pixel);
    bytes.requireSize(at, picture, unpacked, packed, best);
  }

  /** Three numbers below 2^31 and a small one multiplied, or -1 where that is too much. */
  private static long product(long height, long width, long pixel) {
    long pixels = height * width;
    return pixels > Picture.LARGEST ? -1 : pixels * pixel;
  }

  /** The arrays in it. */
  List<ArrayEntry> list() {
    if (isStack()) {
      return List.of(PngFormat.entry("", pictures.getFirst(), pictures.size()));
    }
    List<ArrayEntry> entries = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      entries.add(PngFormat.entry(Integer.toString(i), pictures.get(i), 1));
    }
    return entries;
  }

  private boolean isStack() {
    return pictures.stream().allMatch(picture -> picture.isLike(pictures.getFirst()));
  }

  /**
   * An array.
   *
   * @param name a number where images are not alike; empty where they are
   */
  ImageSource source(String name) {
    if (name.isEmpty() && isStack()) {
      return new ImageSource(
          bytes.file(),
          "",
          pictures.getFirst(),
          pictures.size(),
          (index, target) -> decode(pictures.get(index), target));
    }
    for (int i = 0; i < pictures.size(); i++) {
      if (name.equals(Integer.toString(i))) {
        Picture picture = pictures.get(i);
        return new ImageSource(
            bytes.file(), name, picture, 1, (index, target) -> decode(picture, target));
      }
    }
    throw new UsageException(
        "read %s: it holds %,d images, of different shapes or types. Name one by its number, as in %s#0; weft ls shows them"
            .formatted(bytes.file().name(), pictures.size(), bytes.file().name()));
  }

  private void decode(Picture picture, MemorySegment target) {
    bytes.guarded(
        picture.header(),
        () -> {
          // The file as if the image were its first: the JDK goes through all before.
          ByteBuffer begin = ByteBuffer.allocate(HEADER).order(bytes.order());
          begin.put(bytes.bytes().asSlice(0, 4).asByteBuffer());
          begin.putInt((int) picture.header());
          Pixels.decode("tiff", begin.array(), bytes.bytes(), picture, false, 1, target);
        });
  }
}
