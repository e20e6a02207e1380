package dev.weft.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.io.ArrayName;
import dev.weft.io.FormatException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of refusals. */
class ZarrErrorsTest {
  private static final String METADATA =
      """
      {"zarr_format": 3, "node_type": "array", "shape": [4], "data_type": "float64",
       "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [2]}},
       "chunk_key_encoding": {"name": "default"}, "fill_value": 0.0,
       "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}]}
      """;

  @TempDir Path folder;
  private Path store;
  private Path metadata;

  @BeforeEach
  void write() throws IOException {
    store = Files.createDirectory(folder.resolve("x.zarr"));
    metadata = Files.writeString(store.resolve("zarr.json"), METADATA);
  }

  private void change(String from, String to) throws IOException {
    assertThat(METADATA).contains(from);
    Files.writeString(metadata, METADATA.replace(from, to));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          "shape": [4]; "shape": [-4]; 'shape[0]' must be a whole number from 0 on, not -4
          "shape": [4]; "shape": 4; 'shape' must be a list, not 4
          "shape": [4]; "shape": [4, 4]; 'chunk_grid.configuration.chunk_shape' must be 2 extents, one for each axis of (4, 4), not [2]
          "shape": [4]; "shape": [4000000000000000000]; 'shape' must be extents of an array of less than 2^63 bytes, not [4000000000000000000]
          "shape": [4],; ; there is no key 'shape'
          "chunk_shape": [2]; "chunk_shape": [0]; 'chunk_grid.configuration.chunk_shape' must be extents of at least 1, not [0]
          "chunk_shape": [2]; "chunk_shape": [400000000]; chunks of 3,200,000,000 bytes are not read, but at most of 2,147,483,639. Write the array in smaller chunks
          "regular"; "rectilinear"; chunk grid 'rectilinear' is not read, only 'regular' is
          "array"; "thing"; 'node_type' must be 'array' or 'group', not "thing"
          "zarr_format": 3; "zarr_format": 4; 'zarr_format' must be a whole number from 3 to 3, not 4
          0.0; "x"; 'fill_value' must be a number, 'NaN', 'Infinity', '-Infinity', or the 8 bytes as 0x... or in base 64, not "x"
          "little"; "middle"; 'codecs[0].configuration.endian' must be 'little' or 'big', not "middle"
          "bytes"; "lzma"; codec 'lzma' is not read; zstd, gzip, zlib, blosc, shuffle and crc32c are. Write the array with one of those
          "bytes"; "crc32c"; 'codecs[0]' must be such that 'crc32c' stands behind 'bytes', not {"name":"crc32c","configuration":{"endian":"little"}}
          "fill_value"; "new": {}, "fill_value"; key 'new' is not understood, and may change what elements mean
          "node_type": "array"; "node_type": "array"}; no JSON:
          """)
  void refusesMetadata(String from, String to, String reason) throws IOException {
    change(from, to == null ? "" : to);
    assertThatThrownBy(() -> Zarr.read(store))
        .isInstanceOf(FormatException.class)
        .hasMessageStartingWith(metadata + ": ")
        .hasMessageContaining(reason);
  }

  private void chunk(byte[] bytes, String reason) throws IOException {
    Path chunk = Files.createDirectories(store.resolve("c")).resolve("0");
    Files.write(chunk, bytes);
    try (ZarrSource source = Zarr.read(store)) {
      assertThatThrownBy(
              () -> source.read(Region.all(source.shape()), MemorySegment.ofArray(new double[4])))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              "%s: the chunk is damaged: %s. Copy it, or write the array again", chunk, reason);
    }
  }

  private void codec(String codec) throws IOException {
    change("}}]}", "}}, " + codec + "]}");
  }

  @Test
  void refusesChunksOfOtherSizes() throws IOException {
    chunk(new byte[15], "bytes: 16 bytes are expected, but there are 15");
    chunk(new byte[17], "bytes: 16 bytes are expected, but there are 17");
    chunk(
        new byte[100_000],
        "100,000 bytes are more than any chunk of this array takes, which is 16");
  }

  @Test
  void refusesMoreOrLessThanTheChunk() throws IOException {
    codec("{\"name\": \"gzip\", \"configuration\": {\"level\": 1}}");
    chunk(gzip(17), "gzip: 16 bytes are expected, but there are more");
    chunk(gzip(1 << 20), "gzip: 16 bytes are expected, but there are more");
    chunk(gzip(15), "gzip: 16 bytes are expected, but there are 15");
    chunk(
        new byte[0],
        "gzip: 16 bytes are expected, but after 0 of them 0 compressed ones cannot be decoded: they end too early");
    chunk(
        new byte[30],
        "gzip: 16 bytes are expected, but after 0 of them 30 compressed ones cannot be decoded: Not in GZIP format");
  }

  private static byte[] gzip(int size) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(new byte[size]);
    }
    return bytes.toByteArray();
  }

  @Test
  void refusesChunksThatCannotHoldSoMuch() throws IOException {
    change("[2]", "[200000000]");
    Files.writeString(
        metadata, Files.readString(metadata).replace("}}]}", "}}, {\"name\": \"zstd\"}]}"));
    chunk(
        new byte[20],
        "zstd: 1,600,000,000 bytes are expected, but 20 compressed ones cannot hold them");
  }

  @Test
  void refusesWrongChecksumsAndHeaders() throws IOException {
    codec("{\"name\": \"crc32c\"}");
    chunk(
        new byte[20],
        "crc32c: the checksum of 16 bytes is 0x3e6eb97e, but 0x00000000 is stored"
            .replace("0x3e6eb97e", "0x%08x".formatted(sum(new byte[16]))));
    chunk(new byte[3], "crc32c: 4 bytes of checksum are expected, but there are 3 bytes in all");
    codec("{\"name\": \"blosc\"}");
    chunk(new byte[3], "blosc: 16 bytes are expected, but 3 compressed ones are no header");
    byte[] header = new byte[20];
    header[4] = 17;
    chunk(header, "blosc: 16 bytes are expected, but the header says 17");
    header[4] = 16;
    header[12] = 50;
    chunk(
        header,
        "blosc: 16 bytes are expected, but the header says that 50 compressed ones follow, and there are 20");
  }

  private static int sum(byte[] bytes) {
    var sum = new java.util.zip.CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  @Test
  void refusesShards() throws IOException {
    String index =
        "\"index_codecs\": [{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}]";
    Files.writeString(
        metadata,
        METADATA.replace(
            "[{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}]",
            """
            [{"name": "sharding_indexed", "configuration": {"chunk_shape": [1], %s, "codecs":
              [{"name": "bytes", "configuration": {"endian": "little"}}]}}]
            """
                .formatted(index)));
    chunk(
        new byte[31],
        "sharding_indexed: 32 bytes are expected, but the shard, which begins or ends with them, has 31");
    byte[] shard = new byte[40];
    shard[8] = 41;
    shard[8 + 8] = 9;
    chunk(
        shard,
        "sharding_indexed: chunk 0 of the shard has 9 bytes at 41, but the shard has 40 bytes");
  }

  @Test
  void refusesLinksOutOfTheStoreAndWhatIsNoFile() throws IOException {
    Path secret = Files.write(folder.resolve("secret"), new byte[16]);
    Path chunk = Files.createDirectories(store.resolve("c")).resolve("0");
    Files.createSymbolicLink(chunk, secret);
    try (ZarrSource source = Zarr.read(store)) {
      assertThatThrownBy(
              () -> source.read(Region.all(source.shape()), MemorySegment.ofArray(new double[4])))
          .isInstanceOf(FormatException.class)
          .hasMessage(
              "%s: a link leads out of the store, to %s. Copy the file",
              chunk, secret.toRealPath());
    }
    assertThatThrownBy(() -> Zarr.read(new ArrayName(store, "../x.zarr")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("no part of it may be empty, '.' or '..'");
  }

  @Test
  void saysWhatIsNoStore() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty.zarr"));
    assertThatThrownBy(() -> Zarr.read(empty))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "read %s: there is no zarr.json, .zarray or .zgroup in it, so it is no Zarr store. Check the path",
            empty);
    Path missing = folder.resolve("none.zarr");
    assertThatThrownBy(() -> Zarr.read(missing))
        .isInstanceOf(UsageException.class)
        .hasMessage("read %s: there is no such folder. Check the path", missing);
    assertThatThrownBy(() -> Zarr.read(metadata))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "read %s: a Zarr store is a folder, and this is none. Check the path, or unpack it",
            metadata);
  }
}
