package dev.weft.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Shape;
import dev.weft.io.npy.Npy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayFilesTest {
  private static final String READS =
      "Weft reads: npy, zarr, HDF5, netCDF, CSV, Parquet, PNG, TIFF, npz";

  @TempDir Path directory;

  @Test
  void theExtensionNamesTheFormat() throws Exception {
    Path file = directory.resolve("x.NPY");
    var target = ArrayFiles.target(file);
    target.open(DType.INT8, Shape.of(3));
    target.commit();
    try (ArraySource source = ArrayFiles.source(file)) {
      assertThat(source.shape()).isEqualTo(Shape.of(3));
    }
  }

  @Test
  void theContentIsWorthMoreThanTheName() {
    Npy.write(directory.resolve("x.npy"), HostArray.of(new double[] {1, 2, 3}));
    assertThat(directory.resolve("x.npy").toFile().renameTo(directory.resolve("x.csv").toFile()))
        .isTrue();
    try (ArraySource source = ArrayFiles.source(directory.resolve("x.csv"))) {
      assertThat(source.shape()).isEqualTo(Shape.of(3));
    }
  }

  @Test
  void unknownExtensionsNameTheSupportedOnes() {
    assertThatThrownBy(() -> ArrayFiles.source(Path.of("x.csv")))
        .isInstanceOf(UsageException.class)
        .hasMessage("read x.csv: there is no such file. Check the path");
    assertThatThrownBy(() -> ArrayFiles.target(Path.of("npy")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "write npy: no format has this extension; use one of .npy, .zarr, .h5, .hdf5, .he5, .nc, .nc4, .cdf, .csv, .tsv, .parquet, .png, .tif, .tiff, .npz");
  }

  /** The first bytes as the formats' own documents give them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p.npy   | FFD8FFE000104A4649460001         | a JPEG image | np.save('p.npy', np.asarray(PIL.Image.open('p.npy')))
          t.tif   | 4D4D002B00080000                 | a BigTIFF image | tifffile.imread('t.tif')
          m.mat   | 4D41544C414220352E30204D41542D66696C652C20 | a MATLAB file; | scipy.io.loadmat('m.mat')['NAME']
          m.mat   | 4D41544C414220372E33204D41542D66696C652C20 | a MATLAB file of version 7.3 | h5py.File('m.mat')['NAME'][...].T
          c.txt   | 612C620A312C320A               | text, such as CSV | Rename it to c.csv if it is a table of numbers
          c.txt   | C3A42C620A312C320A             | text, such as CSV | Rename it to c.csv
          z.zip   | 504B030414000000                 | a zip archive | mv 'z.zip' 'z.npz'
          x.npy.gz | 1F8B0808                        | a gzip file | gunzip -k 'x.npy.gz'
          f.fits  | 53494D504C4520203D20202020       | a FITS file | astropy.io.fits.getdata('f.fits')
          q.parquet | 50415245                       | an encrypted Parquet file | Write it without encryption
          """)
  void otherFormatsAreNamed(String name, String begin, String what, String remedy)
      throws IOException {
    Path file = directory.resolve(name);
    Files.write(file, java.util.HexFormat.of().parseHex(begin));
    assertThatThrownBy(() -> ArrayFiles.source(file))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("read " + file + ": this is ")
        .hasMessageContaining(what)
        .hasMessageContaining("; " + READS + ". ")
        .hasMessageContaining(remedy);
  }

  @Test
  void whatNobodyKnowsIsSaidToBeSo() throws IOException {
    Path file = Files.write(directory.resolve("x.bin"), new byte[] {0, 1, 2, 3});
    assertThatThrownBy(() -> ArrayFiles.source(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "neither content nor name say what it is; " + READS + ". Say what it holds")
        .hasMessageContaining("--raw float32:100,200");
    Path empty = Files.createFile(directory.resolve("x.dat"));
    assertThatThrownBy(() -> ArrayFiles.source(empty))
        .hasMessageContaining("there is nothing to read in it; " + READS + ". ");
    assertThatThrownBy(() -> ArrayFiles.source(directory))
        .hasMessageContaining(
            "this is a directory, and none that holds an array; Weft reads: npy, zarr, HDF5");
  }

  @Test
  void damagedFilesAreTheFormatsBusiness() throws IOException {
    Path empty = Files.createFile(directory.resolve("e.npy"));
    assertThatThrownBy(() -> ArrayFiles.source(empty)).hasMessageContaining("the file is empty");
    Path cut = directory.resolve("c.npy");
    Files.write(cut, "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ArrayFiles.source(cut))
        .hasMessageContaining("the file ends within the first 10 bytes");
    assertThatThrownBy(() -> ArrayFiles.source(directory.resolve("none.npy")))
        .hasMessageContaining("there is no such file");
  }

  @Test
  void sessionsLoadAndSave() {
    Path file = directory.resolve("x.npy");
    NDArray loaded;
    try (Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      session.arange(6).reshape(2, 3).save(file);
      loaded = session.load(file);
      assertThat(loaded.slice("1, ::2").compute().toLongArray()).containsExactly(3, 5);
      loaded.multiply(2L).save(file);
      assertThat(loaded.sum().toDouble()).as("the file that was opened").isEqualTo(15);
      assertThat(session.load(file).sum().toDouble()).isEqualTo(30);
    }
    ArraySource source = ((dev.weft.core.expr.Expr.Source) loaded.expr()).source();
    assertThatThrownBy(source::memory).hasMessageContaining("the source is closed");
  }
}
