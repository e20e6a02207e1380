package dev.weft.io;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a file is that none of the formats reads, told by its first bytes, and how to get an npy
 * file from it.
 *
 * @param what the kind of file, for people
 * @param matches whether a file begins like one
 * @param remedy what to do; {@code FILE} stands for its name
 */
record ForeignContent(String what, Predicate<byte[]> matches, String remedy) {
  private static final String IMAGE = python("np.asarray(PIL.Image.open('FILE'))");

  private static final List<ForeignContent> KNOWN =
      List.of(
          begins("a JPEG image", "\u00ff\u00d8\u00ff", IMAGE),
          begins("a GIF image", "GIF8", IMAGE),
          begins("a BigTIFF image", "II+\0", python("tifffile.imread('FILE')")),
          begins("a BigTIFF image", "MM\0+", python("tifffile.imread('FILE')")),
          begins(
              "a MATLAB file of version 7.3, which is HDF5",
              "MATLAB 7.3",
              python("h5py.File('FILE')['NAME'][...].T")),
          begins("a MATLAB file", "MATLAB 5.0", python("scipy.io.loadmat('FILE')['NAME']")),
          begins("a FITS file", "SIMPLE  =", python("astropy.io.fits.getdata('FILE')")),
          begins(
              "a GRIB file",
              "GRIB",
              python("xarray.open_dataset('FILE', engine='cfgrib')['NAME'].values")),
          begins("an encrypted Parquet file", "PARE", "Write it without encryption"),
          begins("an Arrow file", "ARROW1", python("pandas.read_feather('FILE').to_numpy()")),
          begins(
              "a zip archive",
              "PK",
              "If NumPy wrote it, let its name end in .npz: mv 'FILE' 'STEM.npz'"),
          begins("a gzip file", "\u001f\u008b", "Unpack it first: gunzip -k 'FILE'"),
          begins("an xz file", "\u00fd7zXZ\0", "Unpack it first: unxz -k 'FILE'"),
          begins("a bzip2 file", "BZh", "Unpack it first: bunzip2 -k 'FILE'"),
          begins("a zstd file", "(\u00b5/\u00fd", "Unpack it first: unzstd 'FILE'"),
          begins("a PDF document", "%PDF", "Name a file that holds an array"),
          new ForeignContent(
              "text, such as CSV",
              ForeignContent::isText,
              "Rename it to STEM.csv if it is a table of numbers between commas, semicolons or tabs"));

  private static String python(String load) {
    return "Convert it once, in Python: np.save('STEM.npy', " + load + ")";
  }

  private static ForeignContent begins(String what, String magic, String remedy) {
    return new ForeignContent(what, begin -> isAt(begin, 0, magic), remedy);
  }

  private static boolean isAt(byte[] begin, int offset, String magic) {
    byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
    int end = offset + bytes.length;
    return begin.length >= end && Arrays.equals(begin, offset, end, bytes, 0, bytes.length);
  }

  /** No control characters but those of lines and tabs. */
  private static boolean isText(byte[] begin) {
    for (byte b : begin) {
      boolean control = b >= 0 && b < ' ' || b == 0x7F;
      if (control && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
        return false;
      }
    }
    return begin.length > 0;
  }

  /** What a file with these first bytes is, or null when that is not known. */
  static @Nullable ForeignContent of(byte[] begin) {
    return KNOWN.stream().filter(known -> known.matches.test(begin)).findFirst().orElse(null);
  }

  /** What to do with a file. */
  String remedy(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return remedy.replace("STEM", dot > 0 ? name.substring(0, dot) : name).replace("FILE", name);
  }
}
