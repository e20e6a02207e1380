package dev.weft.io.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ArrayName;
import dev.weft.io.Compression;
import dev.weft.io.WriteOptions;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import dev.weft.io.zarr.Zarr;
import dev.weft.io.zarr.ZarrEncoding;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chunks of the array, chunks of the store, shards and threads that have nothing to do with each
 * other: what is read is what was written, or it is refused before anything is written. Files of
 * netCDF, without chunks, and of HDF5 take all of them.
 */
class RandomChunksTest {
  private static final int CASES = 1000;
  private static final int THREADS = 4;

  @TempDir Path folder;

  @Test
  @Tag("long")
  void whatIsWrittenIsReadToTheBit() throws IOException {
    int cases = LongSuites.part(CASES);
    int refused = 0;
    List<Session> sessions = new ArrayList<>();
    try {
      for (int threads = 1; threads <= THREADS; threads++) {
        sessions.add(
            Session.open(SessionConfig.defaults().withThreads(threads).withChunkBytes(1 << 12)));
      }
      for (int seed = 0; seed < cases; seed++) {
        refused += new Case(seed).run(sessions.get(seed % THREADS), folder) ? 0 : 1;
      }
    } finally {
      sessions.forEach(Session::close);
    }
    System.out.printf(
        "chunks: %d random cases, %d equal to the bit, %d refused%n",
        cases, cases - refused, refused);
    assertThat(refused).isBetween(1, cases / 2);
  }

  /** An array of numbers from 0 on, its chunks, and those in which it is written. */
  private static final class Case {
    private final SplittableRandom random;
    private final long[] extents;
    private final long[] chunks;
    private final long[] stored;
    private final long[] shards;
    private final boolean hasShards;

    Case(int seed) {
      random = new SplittableRandom(seed);
      extents = new long[1 + random.nextInt(3)];
      Arrays.setAll(extents, axis -> 1 + random.nextInt(extents.length == 1 ? 3000 : 40));
      chunks = new long[extents.length];
      Arrays.setAll(chunks, axis -> 1 + random.nextLong(extents[axis]));
      stored = new long[extents.length];
      Arrays.setAll(stored, axis -> 1 + random.nextLong(extents[axis] + 3));
      shards = stored.clone();
      Arrays.setAll(shards, axis -> stored[axis] * (1 + random.nextInt(4)));
      hasShards = random.nextBoolean();
      if (random.nextInt(10) == 0) {
        (hasShards ? shards : stored)[random.nextInt(stored.length)] += random.nextInt(3) - 1;
      }
    }

    /** Whether the store can be as it is asked for. */
    private boolean fits() {
      boolean fits = true;
      for (int axis = 0; axis < stored.length; axis++) {
        fits &= stored[axis] > 0;
        fits &= !hasShards || shards[axis] > 0 && shards[axis] % stored[axis] == 0;
      }
      return fits;
    }

    /** False when it is refused. */
    boolean run(Session session, Path folder) throws IOException {
      String what =
          "%s in chunks %s, stored in %s, shards %s"
              .formatted(
                  Arrays.toString(extents),
                  Arrays.toString(chunks),
                  Arrays.toString(stored),
                  hasShards ? Arrays.toString(shards) : "none");
      ZarrEncoding encoding = ZarrEncoding.DEFAULT.withChunk(stored);
      ArrayName name = ArrayName.of(folder.resolve("x.zarr"));
      NDArray array =
          session
              .arange(0.0, Shape.of(extents).size(), 1.0)
              .reshape(extents)
              .rechunk(chunks)
              .sqrt();
      try {
        array.computeTo(Zarr.target(name, hasShards ? encoding.withShards(shards) : encoding));
      } catch (UsageException e) {
        assertThat(fits()).as("%s is refused: %s", what, e.getMessage()).isFalse();
        assertThat(e)
            .hasMessageMatching("(chunks|shards) \\[.*\\] of .*: give .*|shards .*: give .*");
        assertThat(isEmpty(folder)).as(what).isTrue();
        return false;
      }
      assertThat(fits()).as(what).isTrue();
      check(session, name, what);
      Trees.delete(name.file(), FileOperations.SYSTEM);
      check(session, array, folder.resolve("x.nc"), WriteOptions.PLAIN, what);
      WriteOptions packed =
          WriteOptions.PLAIN.withChunk(stored).withCompression(Compression.parse("gzip:1"));
      check(session, array, folder.resolve("x.h5"), packed, what);
      return true;
    }

    private void check(Session session, ArrayName name, String what) {
      try (HostArray found = Zarr.load(name);
          HostArray again = session.load(name.file()).add(0.0).compute()) {
        checkValues(found, what);
        assertThat(again.segment().mismatch(found.segment())).as(what).isEqualTo(-1);
      }
    }

    private void check(Session session, NDArray array, Path file, WriteOptions options, String what)
        throws IOException {
      array.computeTo(ArrayFiles.target(file, options));
      try (HostArray found = session.load(file).add(0.0).compute()) {
        checkValues(found, file.getFileName() + " of " + what);
      }
      Files.delete(file);
    }

    private void checkValues(HostArray found, String what) {
      assertThat(found.shape()).as(what).isEqualTo(Shape.of(extents));
      double[] values = found.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        if (values[i] != Math.sqrt(i)) {
          throw new AssertionError("%s: element %d is %s".formatted(what, i, values[i]));
        }
      }
    }

    private static boolean isEmpty(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files.findAny().isEmpty();
      }
    }
  }
}
