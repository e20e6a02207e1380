import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayName;
import dev.weft.io.npy.Npy;
import dev.weft.io.zarr.Zarr;
import dev.weft.io.zarr.ZarrEncoding;
import dev.weft.io.zarr.codec.BloscCodec;
import dev.weft.io.zarr.codec.BytesCodec;
import dev.weft.io.zarr.codec.Crc32c;
import dev.weft.io.zarr.codec.Deflate;
import dev.weft.io.zarr.codec.Zstd;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes Zarr stores of all element types, with and without shards, each beside an npy file of the same values. */
final class WriteZarr {
  private static final Map<String, BytesCodec[]> CODECS =
      Map.of(
          "plain", new BytesCodec[0],
          "crc32c", new BytesCodec[] {new Crc32c()},
          "zstd", new BytesCodec[] {new Zstd(3, true)},
          "gzip", new BytesCodec[] {new Deflate(true, 5), new Crc32c()},
          "blosc", new BytesCodec[] {new BloscCodec("lz4", 5, "bitshuffle", 8)});

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    SplittableRandom random = new SplittableRandom(3);
    for (DType dtype : DType.values()) {
      for (Map.Entry<String, BytesCodec[]> codecs : CODECS.entrySet()) {
        ZarrEncoding plain = ZarrEncoding.DEFAULT.withChunk(3, 4).withCodecs(codecs.getValue());
        String name = dtype.label() + "-" + codecs.getKey();
        write(folder, name, plain, dtype, random);
        write(folder, name + "-shards", plain.withShards(6, 12), dtype, random);
      }
    }
    ZarrEncoding named =
        ZarrEncoding.DEFAULT
            .withDimensions("lat", "lon")
            .withAttributes(Map.of("units", "K", "valid_range", List.of(0, 350.5), "checked", true));
    write(folder, "named", named, DType.FLOAT64, random);
  }

  private static void write(Path folder, String name, ZarrEncoding encoding, DType dtype, SplittableRandom random) {
    try (HostArray array = HostArray.allocate(dtype, Shape.of(13, 29))) {
      // The first half is of zeros: chunks and shards that are left out.
      for (long at = array.segment().byteSize() / 2; at < array.segment().byteSize(); at++) {
        int value = random.nextInt(dtype == DType.BOOL ? 2 : 64);
        array.segment().set(ValueLayout.JAVA_BYTE, at, (byte) value);
      }
      Npy.write(folder.resolve(name + ".npy"), array);
      Zarr.write(Zarr.target(ArrayName.of(folder.resolve(name + ".zarr")), encoding), array);
    }
  }
}
