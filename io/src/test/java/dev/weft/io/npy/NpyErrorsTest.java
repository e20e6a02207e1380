package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.FormatException;
import dev.weft.io.file.MappedTarget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of every refusal. */
class NpyErrorsTest {
  @TempDir Path directory;

  private static byte[] file(int version, long length, String header) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate((version == 1 ? 10 : 12) + text.length);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) version).put((byte) 0);
    if (version == 1) {
      file.putShort(Short.reverseBytes((short) length));
    } else {
      file.putInt(Integer.reverseBytes((int) length));
    }
    return file.put(text).array();
  }

  private void refused(byte[] bytes, long offset, String reason) throws IOException {
    Path file = Files.write(directory.resolve("x.npy"), bytes);
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOfSatisfying(
            FormatException.class, e -> assertThat(e.offset()).isEqualTo(offset))
        .hasMessage("%s: offset %d: %s".formatted(file, offset, reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {'descr': '<f8'; 25; an entry: ',' is expected, not the end of the header
          ['descr']; 10; the header: '{' is expected, not '['
          {'descr' '<f8'}; 19; key 'descr': ':' is expected, not '''
          {'descr': '<f8', }; 10; the header has no key 'fortran_order'
          {'descr': '<f8', 'fortran_order': True}; 10; the header has no key 'shape'
          {}; 10; the header has no key 'descr'
          {'shape': (), 'shape': ()}; 24; key 'shape' appears twice
          {'x': 1}; 11; key 'x' is none of 'descr', 'fortran_order' and 'shape'
          {x: 1}; 11; a key must be a quoted string, not 'x'
          {'descr': 3}; 20; descr must be a quoted string, not '3'
          {'descr': '<f8; 20; descr has no closing quote
          {'descr': '<\\x66'}; 22; descr must not contain '\\'
          {'descr': '<\u00e98'}; 22; descr must not contain byte 0xE9
          {'fortran_order': 1}; 28; fortran_order must be True or False, not '1'
          {'shape': (-1,)}; 21; shape: extents must not be negative
          {'shape': (3)}; 20; shape must be a tuple: one extent is written as (3,)
          {'shape': 3}; 20; shape: '(' is expected, not '3'
          {'shape': (2 3)}; 23; shape: a ',' or ')' is expected, not '3'
          {'shape': (,)}; 21; shape: an extent is expected, not ','
          {'shape': (9223372036854775808,)}; 21; shape: an extent is beyond 2^63-1
          {'shape': (4294967296, 4294967296)}; 20; shape [4294967296, 4294967296] has more than 2^63-1 bytes
          """)
  void refusesHeaders(String header, long offset, String reason) throws IOException {
    refused(file(1, header.length(), header), offset, reason + ". Save the array with np.save");
  }

  @Test
  void refusesTextAfterTheHeader() throws IOException {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': ()} x";
    refused(
        file(1, header.length(), header),
        64,
        "the dictionary is followed by 'x'. Save the array with np.save");
  }

  @Test
  void refusesLongKeysAndManyAxes() throws IOException {
    String key = "{'" + "a".repeat(100) + "': 1}";
    refused(
        file(1, key.length(), key),
        12,
        "a key is longer than 64 characters. Save the array with np.save");
    String axes = "{'shape': (" + "1,".repeat(65) + ")}";
    refused(
        file(1, axes.length(), axes),
        149,
        "shape has more than 64 axes. Save the array with np.save");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          |O; Python objects are pickled, which could run code, and are not read
          |S8; strings are not supported
          <U4; strings are not supported
          <M8[ns]; dates and times are not supported
          |V16; raw bytes and structures are not supported
          <i3; no such type is known
          """)
  void refusesDtypes(String descr, String reason) throws IOException {
    String header = "{'descr': '%s'}".formatted(descr);
    refused(
        file(1, header.length(), header),
        20,
        "descr '%s': %s. Convert it in NumPy: np.save of a numeric array".formatted(descr, reason));
  }

  @Test
  void refusesOtherFloatsStructuresAndMissingByteOrders() throws IOException {
    String remedy = ". Convert it in NumPy: np.save(file, a.astype('float64'))";
    refused(
        file(1, 17, "{'descr': '<f16'}"),
        20,
        "descr '<f16': floating point of this size is not supported" + remedy);
    refused(
        file(1, 26, "{'descr': [('a', '<f8')] }"),
        20,
        "structured dtypes are not supported. Convert it in NumPy: save one field at a time");
    refused(
        file(1, 16, "{'descr': '|f8'}"),
        20,
        "descr '|f8' gives no byte order, which float64 needs. Save the array with np.save");
    refused(
        file(1, 14, "{'descr': '<'}"),
        20,
        "descr '<' is no dtype; one is '<', '>', '=' or '|', then kind and size, as in '<f8'");
    refused(
        file(1, 14, "{'descr': 'x'}"),
        20,
        "descr 'x': no such type is known. Convert it in NumPy: np.save of a numeric array");
  }

  /** As NumPy 2.4 reads it: {@code np.load} takes all that {@code np.dtype} does. */
  @ParameterizedTest
  @ValueSource(strings = {"f8", "float64", "=f8"})
  void readsDtypesWithoutAByteOrder(String descr) throws IOException {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': (1,)}".formatted(descr);
    byte[] start = file(1, header.length(), header);
    ByteBuffer whole = ByteBuffer.allocate(start.length + 8).order(ByteOrder.nativeOrder());
    whole.put(start).putDouble(-1.5);
    Path file = Files.write(directory.resolve("plain.npy"), whole.array());
    try (NpySource source = Npy.read(file);
        Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      assertThat(source.dtype()).isEqualTo(DType.FLOAT64);
      assertThat(session.array(source).toDouble()).isEqualTo(-1.5);
    }
  }

  @Test
  void refusesWhatIsNoNpyFile() throws IOException {
    refused(new byte[0], 0, "the file is empty. Copy or write it again");
    refused(
        "hello, world".getBytes(StandardCharsets.US_ASCII),
        0,
        "the file does not begin with \\x93NUMPY, so it is no npy file");
    refused(
        new byte[] {'P', 'K', 3, 4},
        0,
        "this is a zip archive, such as an npz file. Extract the npy files in it first");
    refused(
        new byte[] {(byte) 0x93, 'N', 'U', 'M'},
        4,
        "the file ends within the first 10 bytes. Copy or write it again");
    refused(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 1, 1},
        10,
        "the file ends within the first 12 bytes. Copy or write it again");
    refused(
        new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 9, 1, 1, 1},
        6,
        "format version 9.1 is unknown; 1.0, 2.0 and 3.0 are read. Save the array with np.save");
  }

  @Test
  void refusesHeaderLengths() throws IOException {
    refused(
        file(2, 0xFFFFFFFFL, "{}"),
        8,
        "header length 4,294,967,295 is beyond the limit of 1,048,576 bytes. Write the file again");
    refused(
        file(1, 100, "{}"),
        8,
        "header length 100 runs past the end of the file, which has 2 bytes left. Copy or write it"
            + " again");
  }

  @Test
  void refusesTruncatedData() throws IOException {
    Path file = directory.resolve("x.npy");
    Npy.write(file, HostArray.of(new double[1000]));
    byte[] bytes = Files.readAllBytes(file);
    refused(
        java.util.Arrays.copyOf(bytes, 128 + 1000),
        128,
        "data ends after 1,000 of 8,000 bytes (float64 (1000,)). The file is truncated; copy or"
            + " write it again");
  }

  private static void usage(Runnable action, String message) {
    assertThatThrownBy(action::run).isInstanceOf(UsageException.class).hasMessage(message);
  }

  @Test
  void refusesPathsToRead() {
    Path missing = directory.resolve("none.npy");
    usage(
        () -> Npy.read(missing),
        "read %s: there is no such file. Check the path".formatted(missing));
    usage(
        () -> Npy.read(directory),
        "read %s: this is a directory, not a file. Name a file".formatted(directory));
  }

  @Test
  void refusesPathsToWriteBeforeTheJobStarts() throws IOException {
    usage(
        () -> Npy.target(directory),
        "write %s: this is a directory. Name a file in it, such as result.npy"
            .formatted(directory));
    Path lost = directory.resolve("none/x.npy");
    usage(
        () -> Npy.target(lost),
        "write %s: directory %s does not exist. Create it first"
            .formatted(lost, directory.resolve("none")));
    Path plain = Files.createFile(directory.resolve("plain"));
    usage(
        () -> Npy.target(plain.resolve("x.npy")),
        "write %s/x.npy: %s is not a directory. Write elsewhere".formatted(plain, plain));
    Path link = Files.createSymbolicLink(directory.resolve("link.npy"), lost);
    usage(
        () -> Npy.target(link),
        "write %s: the link points nowhere. Remove it, or create what it points to"
            .formatted(link));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesDevicesAndPlacesWithoutPermission() {
    usage(
        () -> Npy.target(Path.of("/dev/null")),
        "write /dev/null: this is a device or a pipe, which cannot be replaced. Name a file");
    usage(
        () -> Npy.read(Path.of("/dev/null")),
        "read /dev/null: this is a device or a pipe, not a file. Name a file");
    // Even the super-user cannot create files here.
    Path refused = Path.of("/proc/x.npy");
    assertThatThrownBy(() -> Npy.write(refused, HostArray.of(1)))
        .hasMessageStartingWith("write /proc/x.npy: ");
  }

  @Test
  void writingThroughALinkKeepsTheLink() throws IOException {
    Path file = directory.resolve("x.npy");
    Npy.write(file, HostArray.of(1));
    Path link = Files.createSymbolicLink(directory.resolve("link.npy"), file);
    Npy.write(link, HostArray.of(2));
    assertThat(link).isSymbolicLink();
    try (HostArray array = Npy.load(file)) {
      assertThat(array.item()).isEqualTo(2);
    }
  }

  @Test
  void refusesUseOutOfOrder() throws IOException {
    Path file = directory.resolve("x.npy");
    MappedTarget target = Npy.target(file);
    usage(target::commit, "write %s: nothing is open. Call open first".formatted(file));
    target.open(DType.INT8, Shape.of(1));
    usage(
        () -> target.open(DType.INT8, Shape.of(1)),
        "write %s: the target is open already. Use one target per job".formatted(file));
    target.commit();
    NpySource source = Npy.read(file);
    source.close();
    source.close();
    assertThatThrownBy(() -> source.read(Region.all(Shape.of(1)), MemorySegment.NULL))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "read %s: the source is closed. Keep it open until the result is computed"
                .formatted(file));
  }
}
