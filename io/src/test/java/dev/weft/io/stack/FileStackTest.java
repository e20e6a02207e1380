package dev.weft.io.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.ArrayFiles;
import dev.weft.io.ReadOptions;
import dev.weft.io.npy.Npy;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStackTest {
  @TempDir Path folder;

  private void write(String name, double[][] rows) {
    Npy.write(folder.resolve(name), HostArray.of(rows));
  }

  private static double[] read(ArraySource source, Region region) throws IOException {
    HostArray target = HostArray.allocate(source.dtype(), region.shape());
    source.read(region, target.segment());
    return target.toDoubleArray();
  }

  private static double[] all(ArraySource source) throws IOException {
    return read(source, Region.all(source.shape()));
  }

  @Test
  void filesOfAPatternAreAnArrayAlongANewAxis() throws IOException {
    write("run-10.npy", new double[][] {{5, 6}});
    write("run-2.npy", new double[][] {{3, 4}});
    write("run-1.npy", new double[][] {{1, 2}});
    write("other.npy", new double[][] {{9, 9}});
    try (ArraySource source = ArrayFiles.source(folder.resolve("run-*.npy"))) {
      assertThat(source.shape().extents()).containsExactly(3, 1, 2);
      assertThat(source.chunks().orElseThrow().axis(0).count()).isEqualTo(3);
      assertThat(all(source)).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(read(source, new Region(new long[] {1, 0, 1}, new long[] {2, 1, 1})))
          .containsExactly(4, 6);
      assertThat(source.description()).contains("run-1.npy and 2 more files");
    }
  }

  @Test
  void filesCanBeListedAndTheirFolderNamed() throws IOException {
    write("b.npy", new double[][] {{3}});
    write("a.npy", new double[][] {{1}});
    Path listed = Path.of(folder.resolve("b.npy") + "," + folder.resolve("a.npy"));
    try (ArraySource source = ArrayFiles.source(listed)) {
      assertThat(all(source)).containsExactly(3, 1);
    }
    try (ArraySource source = ArrayFiles.source(folder)) {
      assertThat(all(source)).containsExactly(1, 3);
    }
  }

  @Test
  void filesAreJoinedAlongAnAxisInWhichTheyDiffer() throws IOException {
    write("a.npy", new double[][] {{1, 2}, {5, 6}});
    write("b.npy", new double[][] {{3}, {7}});
    write("c.npy", new double[][] {{4}, {8}});
    try (ArraySource source =
        ArrayFiles.source(folder.resolve("?.npy"), ReadOptions.PLAIN.joined(-1))) {
      assertThat(source.shape().extents()).containsExactly(2, 4);
      assertThat(all(source)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(read(source, new Region(new long[] {0, 1}, new long[] {2, 2})))
          .containsExactly(2, 3, 6, 7);
    }
  }

  /** 300 random stacks beside plain copies. */
  @Test
  void regionsOfRandomStacksAreWhatTheFilesHold() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      int axis = random.nextInt(2);
      int[] lengths =
          IntStream.range(0, 1 + random.nextInt(4)).map(i -> random.nextInt(4)).toArray();
      int other = 1 + random.nextInt(4);
      int total = Arrays.stream(lengths).sum();
      double[][] whole = new double[axis == 0 ? total : other][axis == 0 ? other : total];
      for (double[] row : whole) {
        Arrays.setAll(row, i -> random.nextInt(1000));
      }
      Path own = Files.createDirectory(folder.resolve("round" + round));
      int from = 0;
      for (int file = 0; file < lengths.length; file++) {
        int start = from;
        int length = lengths[file];
        HostArray part =
            HostArray.allocate(
                DType.FLOAT64, axis == 0 ? Shape.of(length, other) : Shape.of(other, length));
        double[] flat =
            axis == 0
                ? Arrays.stream(whole, start, start + length)
                    .flatMapToDouble(Arrays::stream)
                    .toArray()
                : Arrays.stream(whole)
                    .flatMapToDouble(row -> Arrays.stream(row, start, start + length))
                    .toArray();
        part.segment().copyFrom(MemorySegment.ofArray(flat));
        Npy.write(own.resolve(file + ".npy"), part);
        from += length;
      }
      try (ArraySource source =
          ArrayFiles.source(own.resolve("*.npy"), ReadOptions.PLAIN.joined(axis))) {
        long[] start = new long[2];
        long[] extents = new long[2];
        for (int a = 0; a < 2; a++) {
          int extent = (int) source.shape().extent(a);
          start[a] = extent == 0 ? 0 : random.nextInt(extent);
          extents[a] = extent == 0 ? 0 : 1 + random.nextInt(extent - (int) start[a]);
        }
        double[] expected =
            Arrays.stream(whole, (int) start[0], (int) (start[0] + extents[0]))
                .flatMapToDouble(
                    row -> Arrays.stream(row, (int) start[1], (int) (start[1] + extents[1])))
                .toArray();
        assertThat(read(source, new Region(start, extents))).containsExactly(expected);
      }
    }
  }

  @Test
  void moreFilesThanAreHeldOpenAreRead() throws IOException {
    for (int i = 0; i < 200; i++) {
      write("f" + i + ".npy", new double[][] {{i}});
    }
    try (ArraySource source = ArrayFiles.source(folder.resolve("f*.npy"))) {
      assertThat(all(source)).containsExactly(IntStream.range(0, 200).asDoubleStream().toArray());
    }
  }

  @Test
  void filesThatDoNotFitAreRefused() {
    write("a.npy", new double[][] {{1, 2}});
    write("b.npy", new double[][] {{1, 2, 3}});
    assertThatThrownBy(() -> ArrayFiles.source(folder.resolve("*.npy")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("b.npy: it holds float64 (1, 3), but ")
        .hasMessageContaining("the first of 2 files, holds float64 (1, 2)")
        .hasMessageContaining("one shape");
    assertThatThrownBy(
            () -> ArrayFiles.source(folder.resolve("*.npy"), ReadOptions.PLAIN.joined(0)))
        .hasMessageContaining("differ along axis 0 only");
    assertThatThrownBy(
            () -> ArrayFiles.source(folder.resolve("*.npy"), ReadOptions.PLAIN.joined(2)))
        .hasMessageContaining("axis 2 is out of range");
    assertThatThrownBy(() -> ArrayFiles.source(folder.resolve("x*.npy")))
        .hasMessageContaining("no file has a name like this");
    assertThatThrownBy(() -> ArrayFiles.source(folder.resolve("[a.npy")))
        .hasMessageContaining("is no pattern");
  }

  @Test
  void numbersInNamesCountByTheirValue() {
    assertThat(NaturalOrder.compare("run-2", "run-10")).isNegative();
    assertThat(NaturalOrder.compare("run-02", "run-2")).isNegative();
    assertThat(NaturalOrder.compare("a9b1", "a9b02")).isNegative();
    assertThat(NaturalOrder.compare("a", "a1")).isNegative();
    assertThat(NaturalOrder.compare("b1", "a2")).isPositive();
    assertThat(NaturalOrder.compare("x", "x")).isZero();
  }
}
