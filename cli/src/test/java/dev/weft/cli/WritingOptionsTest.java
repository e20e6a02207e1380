package dev.weft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cli.output.Console;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.zarr.Zarr;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of {@code weft run} that say how results are written. */
class WritingOptionsTest {
  private static final String RAMP = "arange(96).reshape(8, 12)";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int weft(String... words) {
    out.reset();
    err.reset();
    Console console =
        Console.of(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.run(words, console);
  }

  private String run(String... words) {
    List<String> all = new ArrayList<>(List.of("run", "-q"));
    all.addAll(List.of(words));
    int code = weft(all.toArray(String[]::new));
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private String refused(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(List.of(words));
    assertThat(weft(all.toArray(String[]::new))).isEqualTo(2);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("files").isEmpty();
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private ArrayEntry entry(String name) {
    return ArrayFiles.list(Path.of(file(name))).getFirst();
  }

  @Test
  void aZarrArrayIsWrittenAsItIsAskedFor() throws IOException {
    run(
        RAMP,
        "-o",
        file("x.zarr"),
        "--out-chunks",
        "2,3",
        "--shards=4,12",
        "--dims",
        "lat, lon",
        "--compress",
        "gzip:7",
        "--attr",
        "units=K",
        "--attr",
        "valid_range=[0, 0.5]",
        "--attr",
        "version=\"3\"",
        "--attr",
        "count=3",
        "--attr",
        "isReal=true");
    String metadata = Files.readString(Path.of(file("x.zarr/zarr.json")));
    assertThat(metadata.replaceAll("\\s+", ""))
        .contains(
            "\"chunk_grid\":{\"name\":\"regular\",\"configuration\":{\"chunk_shape\":[4,12]}}")
        .contains("\"name\":\"sharding_indexed\",\"configuration\":{\"chunk_shape\":[2,3]")
        .contains("{\"name\":\"gzip\",\"configuration\":{\"level\":7}}")
        .contains("\"dimension_names\":[\"lat\",\"lon\"]")
        .contains(
            "\"attributes\":{\"count\":3,\"isReal\":true,\"units\":\"K\",\"valid_range\":[0,0.5],\"version\":\"3\"}");
    try (var found = Zarr.load(ArrayName.of(Path.of(file("x.zarr"))))) {
      assertThat(found.toLongArray()).hasSize(96).startsWith(0, 1, 2).endsWith(94, 95);
    }
  }

  @Test
  void oneLengthIsForAllAxesAndLessThanNothingIsAWholeOne() {
    run(RAMP, "-o", file("x.zarr"), "--out-chunks", "5");
    assertThat(entry("x.zarr").chunks().orElseThrow().toString()).contains("5");
    run(RAMP, "-o", file("y.zarr"), "--out-chunks", "2,-1", "--compress", "none");
    assertThat(entry("y.zarr").chunks().orElseThrow().region(0).extents()).containsExactly(2, 12);
    assertThat(entry("y.zarr").encoding()).doesNotContain("zstd");
  }

  @Test
  void aNetcdfVariableIsWrittenAsItIsAskedFor() {
    run(
        "sqrt(" + RAMP + ")",
        "-o",
        file("x.nc#root"),
        "--dims",
        "lat,lon",
        "--attr",
        "units=K",
        "--attr",
        "_FillValue=NaN");
    assertThat(entry("x.nc").dimensions()).containsExactly("lat", "lon");
    assertThat(entry("x.nc").attributes()).isEqualTo(Map.of("units", "K", "_FillValue", "NaN"));
  }

  @Test
  void anHdf5DatasetIsWrittenAsItIsAskedFor() throws IOException {
    run(
        RAMP,
        "-o",
        file("x.h5#g/ramp"),
        "--out-chunks",
        "3,5",
        "--compress",
        "gzip",
        "--attr=units=K");
    assertThat(entry("x.h5").name()).isEqualTo("g/ramp");
    assertThat(entry("x.h5").chunks().orElseThrow().region(0).extents()).containsExactly(3, 5);
    assertThat(entry("x.h5").encoding()).isEqualTo("shuffle, deflate");
    assertThat(entry("x.h5").attributes()).isEqualTo(Map.of("units", "K"));
    assertThat(run("x.sum()", "x=" + file("x.h5"))).isEqualTo("4560\n");
  }

  @Test
  void resultsOfAJobAreAskedForByName() throws IOException {
    Path job =
        Files.writeString(folder.resolve("job.weft"), "a = " + RAMP + "\nb = a.max(axis=0)\n");
    run(
        job.toString(),
        "--out",
        "a=" + file("x.nc#a"),
        "--out",
        "b=" + file("x.nc#b"),
        "--dims",
        "a=y,x",
        "--dims",
        "b=x",
        "--attr",
        "title=both",
        "--attr",
        "b:title=one",
        "--attr",
        "b:units=K");
    List<ArrayEntry> entries = ArrayFiles.list(Path.of(file("x.nc")));
    assertThat(entries.stream().map(ArrayEntry::dimensions))
        .containsExactly(List.of("y", "x"), List.of("x"));
    assertThat(entries.stream().map(ArrayEntry::attributes))
        .containsExactly(Map.of("title", "both"), Map.of("title", "one", "units", "K"));
    assertThat(run("b - max(a, axis=0)", "a=" + file("x.nc#a"), "b=" + file("x.nc#b")))
        .isEqualTo("[0 0 0 0 0 0 0 0 0 0 0 0]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x.npy|--shards=4|npy files are written without shards (--shards). Leave that away, or write .zarr",
        "x.npy|--attr=units=K|npy files are written without attributes (--attr)",
        "x.csv|--dims=y,x|CSV files are written without names of axes (--dims)",
        "x.nc|--compress=gzip|netCDF files are written without a compression of your choice (--compress)",
        "x.nc|--out-chunks=4|netCDF files are written without chunks of your choice (--out-chunks)",
        "x.nc|--dims=x|there are 1 names of axes, [x], but the array has 2 axes",
        "x.h5|--dims=y,x|HDF5 files are written without names of axes (--dims)",
        "x.h5|--compress=zstd|there is no compression 'zstd' for it; use one of gzip, none",
        "x.zarr|--compress=zip|there is no compression 'zip' for it; use one of zstd, gzip, none",
        "x.zarr|--compress=gzip:10|gzip has no level 10; give one from 0 to 9",
        "x.zarr|--compress=gzip:x|the compression 'gzip:x' is no name and level",
        "x.zarr|--shards=4,4|give the extents of chunks, and multiples of them for shards",
        "x.zarr|--out-chunks=4,4,4|--out-chunks is '4,4,4', 3 lengths, but the result has shape (8, 12)",
        "x.zarr|--out-chunks=0|--out-chunks is '0'; write lengths of 1 or more",
        "x.zarr|--dims=x,|--dims is 'x,'; write a name for each axis",
        "x.zarr|--dims=z=x,y|but no result of that name is written",
        "x.zarr|--attr=units|--attr is 'units'; write KEY=VALUE",
        "x.zarr|--attr=a=99999999999999999999|99999999999999999999 is no 64-bit integer",
      })
  void whatDoesNotFitIsRefused(String name, String option, String message) throws IOException {
    assertThat(refused(RAMP, "-o", file(name), option)).contains(message);
  }

  @Test
  void withoutAFileThereIsNothingToAskFor() throws IOException {
    assertThat(refused(RAMP, "--dims=y,x"))
        .contains("--dims says how a file is written, but none is. Add -o FILE");
    assertThat(refused(RAMP, "-o", file("x.zarr"), "--dims=y,x", "--dims=a,b"))
        .contains("--dims of all results is given twice");
  }

  @Test
  void shellsCompleteThem() {
    assertThat(weft("completion")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("--out-chunks", "--shards", "--compress", "--dims", "--attr");
  }
}
