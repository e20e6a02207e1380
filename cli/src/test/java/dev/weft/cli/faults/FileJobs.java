package dev.weft.cli.faults;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.Compression;
import dev.weft.io.WriteOptions;
import dev.weft.io.npy.Npy;
import dev.weft.io.zarr.Zarr;
import dev.weft.io.zarr.ZarrEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small jobs over files, of every kind of work, for injecting faults into. */
final class FileJobs {
  private static final long ENOUGH = 1L << 26;

  /** Bytes; the array in the file that does not fit has twice as many. */
  private static final long SPILLING = 1L << 18;

  /** A job: what it returns stays in memory, what it writes has these names in its folder. */
  record FileJob(String name, long memory, List<String> written, Body body) {
    /** The files in which these are. */
    List<String> files() {
      return written.stream().map(each -> each.replaceAll("#.*", "")).toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What a job does with the files of one folder, and may write to another. */
  @FunctionalInterface
  interface Body {
    List<HostArray> run(Session session, Path in, Path out);
  }

  static final List<FileJob> ALL =
      List.of(
          new FileJob(
              "map and reduction of an npy file",
              ENOUGH,
              List.of(),
              (s, in, out) ->
                  s.compute(s.load(in.resolve("x.npy"), cut()).multiply(2).add(0.5).sum(0))),
          new FileJob(
              "rechunk of a Zarr store",
              ENOUGH,
              List.of(),
              (s, in, out) -> s.compute(store(s, in).sqrt().rechunk(4, 10).slice("::-1").add(1.0))),
          new FileJob(
              "matrix product",
              ENOUGH,
              List.of(),
              (s, in, out) ->
                  s.compute(s.load(in.resolve("x.npy"), cut()).matmul(store(s, in).t()))),
          new FileJob(
              "two targets",
              ENOUGH,
              List.of("sum.npy", "scaled.zarr"),
              (s, in, out) -> {
                NDArray shared = store(s, in).add(1.0);
                s.computeTo(
                    List.of(shared.sum(1), shared.multiply(3.0)),
                    List.of(
                        ArrayFiles.target(out.resolve("sum.npy")),
                        ArrayFiles.target(out.resolve("scaled.zarr"))));
                return List.of();
              }),
          new FileJob(
              "more than fits in memory",
              SPILLING,
              List.of(),
              (s, in, out) -> {
                NDArray a =
                    kept(s.load(in.resolve("large.zarr"), ChunkSpec.of(SPILLING / 64)), 0.5);
                NDArray b = kept(a.subtract(a.mean()), 2);
                return s.compute(b.multiply(a).sum(), b.slice("::-1").multiply(a).max());
              }),
          new FileJob(
              "npy to npy",
              ENOUGH,
              List.of("y.npy"),
              (s, in, out) -> {
                s.load(in.resolve("x.npy"), cut()).cumsum(0).save(out.resolve("y.npy"));
                return List.of();
              }),
          new FileJob(
              "Zarr to Zarr",
              ENOUGH,
              List.of("y.zarr"),
              (s, in, out) -> {
                store(s, in).subtract(4.0).abs().save(out.resolve("y.zarr"));
                return List.of();
              }),
          new FileJob(
              "npy to packed chunks of HDF5",
              ENOUGH,
              List.of("y.h5"),
              (s, in, out) -> {
                WriteOptions packed =
                    WriteOptions.PLAIN.withChunk(5, 7).withCompression(Compression.parse("gzip"));
                s.load(in.resolve("x.npy"), cut())
                    .subtract(1.0)
                    .computeTo(ArrayFiles.target(out.resolve("y.h5"), packed));
                return List.of();
              }),
          new FileJob(
              "Zarr to two variables of a netCDF file",
              ENOUGH,
              List.of("y.nc#mean", "y.nc#all"),
              (s, in, out) -> {
                NDArray all = store(s, in).add(0.5);
                s.computeTo(
                    List.of(all.mean(0), all),
                    ArrayFiles.targets(List.of(out.resolve("y.nc#mean"), out.resolve("y.nc#all"))));
                return List.of();
              }),
          new FileJob(
              "stack of files",
              ENOUGH,
              List.of(),
              (s, in, out) -> s.compute(s.load(in.resolve("stack")).mean(0).add(1.0))));

  private FileJobs() {}

  private static ChunkSpec cut() {
    return ChunkSpec.of(6, 5);
  }

  private static NDArray store(Session session, Path in) {
    return session.load(in.resolve("a.zarr"));
  }

  /** The user's own code is never run twice where its result can be kept. */
  private static NDArray kept(NDArray x, double factor) {
    return x.mapChunks(
        DType.FLOAT64,
        (region, inputs, output) -> {
          for (long i = 0; i < region.size(); i++) {
            double value =
                inputs.getFirst().segment().getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
            output.segment().setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, value * factor + 1);
          }
        });
  }

  /** Makes the files that the jobs read. */
  static void write(Path in) throws IOException {
    double[][] rows = new double[24][20];
    for (int i = 0; i < 480; i++) {
      rows[i / 20][i % 20] = Math.sqrt(i) + 1.0 / (i + 1);
    }
    HostArray matrix = HostArray.of(rows);
    Npy.write(in.resolve("x.npy"), matrix);
    zarr(in.resolve("a.zarr"), matrix, 2L, 4L);
    Files.createDirectories(in.resolve("stack"));
    for (int i = 0; i < 4; i++) {
      Npy.write(in.resolve("stack/part-" + i + ".npy"), matrix);
    }
    try (HostArray large = HostArray.allocate(DType.FLOAT64, Shape.of(SPILLING / 4))) {
      for (long i = 0; i < large.size(); i++) {
        large.segment().setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, i % 1009 * 0.125);
      }
      zarr(in.resolve("large.zarr"), large, SPILLING / 64);
    }
  }

  private static void zarr(Path store, HostArray array, long... chunk) {
    ZarrEncoding encoding = ZarrEncoding.DEFAULT.withChunk(chunk);
    try (Session session = Session.open()) {
      session.array(array).computeTo(Zarr.target(ArrayName.of(store), encoding));
    }
  }

  /** What a job has left in its folder, and what it has returned; closes that. */
  static List<double[]> values(FileJob job, List<HostArray> returned, Path out) {
    List<double[]> values = new ArrayList<>();
    for (HostArray array : returned) {
      values.add(array.toDoubleArray());
      array.close();
    }
    for (String name : job.written()) {
      values.add(read(out.resolve(name)));
    }
    return values;
  }

  /** An array in a file that was written. */
  static double[] read(Path file) {
    try (ArraySource source = ArrayFiles.source(file);
        HostArray array = HostArray.allocate(source.dtype(), source.shape())) {
      source.read(Region.all(source.shape()), array.segment());
      return array.toDoubleArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
