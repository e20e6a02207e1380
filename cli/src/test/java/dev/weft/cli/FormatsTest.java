package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of all formats on the command line. */
class FormatsTest {
  @TempDir private Path folder;

  private String weft(String... arguments) {
    return weft(0, arguments);
  }

  private static String weft(int expected, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status = Main.run(arguments, Console.of(both, both));
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(status).as(text).isEqualTo(expected);
    return text;
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void hdf5GoesRound() {
    assertThat(weft("run", "arange(6).reshape(2, 3) * 2", "-o", file("x.h5#group/x")))
        .contains("int64 (2, 3), 48 bytes");
    assertThat(weft("run", "x.sum(axis=0)", "x=" + file("x.h5#group/x"), "-q"))
        .isEqualTo("[ 6 10 14]\n");
    assertThat(weft("run", "x[1]", "x=" + file("x.h5"), "-q")).isEqualTo("[ 6  8 10]\n");
  }

  @Test
  void columnsOfTablesHaveNames() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "time,price\n0,1.5\n1,\n2,2.5\n");
    assertThat(weft("run", "nanmean(p)", "p=" + file("t.csv#price"), "-q")).isEqualTo("2.0\n");
    weft("run", "p * 2", "p=" + file("t.csv"), "-o", file("u.csv"));
    assertThat(folder.resolve("u.csv")).hasContent("0.0,3.0\n2.0,nan\n4.0,5.0\n");
  }

  @Test
  void rawNumbersAreWhatTheUserSays() throws IOException {
    Files.write(folder.resolve("x.bin"), HexFormat.of().parseHex("ffff00010002000300040005"));
    String input = "x=" + file("x.bin");
    assertThat(weft("run", "x", input, "--raw", "x=int16:2,-1:offset=4:endian=big:order=F", "-q"))
        .isEqualTo("[[2 4]\n [3 5]]\n");
    assertThat(weft("run", "sum(x)", input, "--raw=uint8:12", "-q")).isEqualTo("525\n");
  }

  /** What was typed, not the nodes that came of it. */
  @Test
  void aJobThatFailsNamesItsExpression() throws IOException {
    weft("run", "arange(10.)", "-o", file("x.zarr"));
    Files.write(folder.resolve("x.zarr/c.0"), new byte[20]);
    assertThat(weft(1, "run", "sqrt( x )  + 1", "x=" + file("x.zarr"), "-q"))
        .startsWith("weft: job failed in '")
        .contains(", chunk 0 of 1 [0:10]: " + file("x.zarr/c.0") + ": the chunk is damaged")
        .endsWith("\n  computing: sqrt( x ) + 1\n  attempts: 1\n");
  }

  /** A netCDF file of four bytes, of which -1 is missing. */
  @Test
  void packedElementsAreUnpackedOnRequest() throws IOException {
    Files.write(
        folder.resolve("t.nc"),
        HexFormat.of()
            .parseHex(
                "4344460100000000" // CDF-1, no records
                    + "0000000a00000001000000017800000000000004" // the axis x of 4
                    + "0000000000000000" // no attributes of the file
                    + "0000000b000000010000000174000000" // a variable t
                    + "0000000100000000" // of the axis x
                    + "0000000c000000020000000a5f46696c6c56616c75650000" // its _FillValue
                    + "0000000100000001ff000000"
                    + "0000000c7363616c655f666163746f72" // its scale_factor
                    + "00000005000000013f000000" // 0.5
                    + "0000000100000004000000a0" // 4 bytes at 160
                    + "0".repeat(2 * 24)
                    + "ff000204"));
    assertThat(weft("run", "t", "t=" + file("t.nc"), "-q")).isEqualTo("[-1  0  2  4]\n");
    assertThat(weft("run", "t", "t=" + file("t.nc"), "--decode", "-q"))
        .isEqualTo("[nan  0.  1.  2.]\n");
  }
}
