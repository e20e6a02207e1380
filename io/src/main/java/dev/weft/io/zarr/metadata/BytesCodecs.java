package dev.weft.io.zarr.metadata;

import dev.weft.core.dtype.DType;
import dev.weft.io.zarr.codec.BloscCodec;
import dev.weft.io.zarr.codec.BytesCodec;
import dev.weft.io.zarr.codec.Crc32c;
import dev.weft.io.zarr.codec.Deflate;
import dev.weft.io.zarr.codec.Shuffle;
import dev.weft.io.zarr.codec.Zstd;
import java.util.List;

/** Codecs of bytes by their names, of either version. */
final class BytesCodecs {
  private static final int DEFLATE_LEVEL = 9;
  private static final int ZSTD_LEVEL = 22;
  private static final int ZSTD_LEAST = -131_072;
  private static final int ITEM_BYTES = 255;
  private static final List<String> SHUFFLES = List.of("noshuffle", "shuffle", "bitshuffle");

  private BytesCodecs() {}

  /** A codec of version 3. */
  static BytesCodec named(Named codec, DType dtype) throws Unsupported {
    Json settings = codec.configuration();
    return switch (codec.name()) {
      case "crc32c", "numcodecs.crc32c" -> new Crc32c();
      case "gzip", "numcodecs.gzip" -> new Deflate(true, deflateLevel(settings));
      case "numcodecs.zlib" -> new Deflate(false, deflateLevel(settings));
      case "zstd", "numcodecs.zstd" -> zstd(settings);
      case "blosc" -> blosc(settings, settings.text("shuffle", "noshuffle"), dtype);
      case "numcodecs.blosc" -> numcodecsBlosc(settings, dtype);
      case "numcodecs.shuffle" -> shuffle(settings);
      default -> throw unsupported(codec.name());
    };
  }

  /** A compressor or filter of version 2. */
  static BytesCodec ofNumcodecs(Json codec, DType dtype) throws Unsupported {
    String id = codec.get("id").text();
    return switch (id) {
      case "zlib" -> new Deflate(false, deflateLevel(codec));
      case "gzip" -> new Deflate(true, deflateLevel(codec));
      case "zstd" -> zstd(codec);
      case "blosc" -> numcodecsBlosc(codec, dtype);
      case "shuffle" -> shuffle(codec);
      case "crc32c" -> new Crc32c();
      default -> throw unsupported(id);
    };
  }

  private static Unsupported unsupported(String name) {
    return new Unsupported(
        "codec '%s' is not read; zstd, gzip, zlib, blosc, shuffle and crc32c are. Write the array with one of those"
            .formatted(name.length() > 100 ? name.substring(0, 100) + "..." : name));
  }

  private static int deflateLevel(Json settings) {
    return (int) settings.number("level", -1, DEFLATE_LEVEL, -1);
  }

  private static BytesCodec zstd(Json settings) {
    return new Zstd(
        (int) settings.number("level", ZSTD_LEAST, ZSTD_LEVEL, 0),
        settings.flag("checksum", false));
  }

  private static BytesCodec shuffle(Json settings) {
    return new Shuffle((int) settings.number("elementsize", 1, ITEM_BYTES, Integer.BYTES));
  }

  /** Numbers stand for kinds of shuffling; -1 for bits of bytes, and bytes of all else. */
  private static BytesCodec numcodecsBlosc(Json settings, DType dtype) throws Unsupported {
    int number = (int) settings.number("shuffle", -1, SHUFFLES.size() - 1, 1);
    int kind = number >= 0 ? number : dtype.itemSize() == 1 ? 2 : 1;
    return blosc(settings, SHUFFLES.get(kind), dtype);
  }

  private static BytesCodec blosc(Json settings, String shuffle, DType dtype) throws Unsupported {
    if (!SHUFFLES.contains(shuffle)) {
      throw settings.get("shuffle").wrong("one of " + SHUFFLES);
    }
    String compressor = settings.text("cname", "lz4");
    return switch (compressor) {
      case "lz4", "lz4hc", "zstd", "zlib", "blosclz" ->
          new BloscCodec(
              compressor,
              (int) settings.number("clevel", 0, DEFLATE_LEVEL, 5),
              shuffle,
              (int) settings.number("typesize", 1, ITEM_BYTES, dtype.itemSize()));
      default ->
          throw new Unsupported(
              "blosc's compressor '%s' is not read; lz4, lz4hc, zstd, zlib and blosclz are"
                  .formatted(compressor));
    };
  }
}
