package dev.weft.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.HostArray;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.expr.RegionCopy;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import dev.weft.io.npy.Npy;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Files that other programs wrote, and what those programs read from them, as npy files. */
public final class Fixtures {
  private static final int PARTS = 20;

  private Fixtures() {}

  /** A folder of files, beside the classes. */
  public static Path folder(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files in a folder whose names end so. */
  public static List<Path> files(String folder, String ending) {
    try (Stream<Path> files = Files.list(folder(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Checks type, shape and every bit of a source, whole and in parts. */
  public static void check(ArraySource source, Path expected) throws IOException {
    try (HostArray array = Npy.load(expected);
        Arena arena = Arena.ofConfined()) {
      assertThat(source.dtype()).isEqualTo(array.dtype());
      assertThat(source.shape()).isEqualTo(array.shape());
      Shape shape = source.shape();
      MemorySegment read = arena.allocate(array.segment().byteSize());
      source.read(Region.all(shape), read);
      assertThat(read.mismatch(array.segment())).isEqualTo(-1);
      if (source.memory() != null) {
        RegionCopy.gather(source.memory(), source.dtype().itemSize(), Region.all(shape), read);
        assertThat(read.mismatch(array.segment())).as("in place").isEqualTo(-1);
      }
      source.chunks().ifPresent(chunks -> assertThat(chunks.shape()).as("chunks").isEqualTo(shape));
      parts(source, array, arena);
    }
  }

  private static void parts(ArraySource source, HostArray array, Arena arena) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Shape shape = source.shape();
    if (shape.size() == 0) {
      return;
    }
    long[] strides = shape.strides();
    int size = source.dtype().itemSize();
    for (int axis = 0; axis < strides.length; axis++) {
      strides[axis] *= size;
    }
    for (int i = 0; i < PARTS; i++) {
      long[] start = new long[shape.rank()];
      long[] extents = new long[shape.rank()];
      for (int axis = 0; axis < start.length; axis++) {
        start[axis] = random.nextLong(shape.extent(axis));
        extents[axis] = 1 + random.nextLong(shape.extent(axis) - start[axis]);
      }
      Region region = new Region(start, extents);
      MemorySegment read = arena.allocate(region.size() * size);
      MemorySegment part = arena.allocate(region.size() * size);
      source.read(region, read);
      RegionCopy.gather(new ArraySource.Layout(array.segment(), 0, strides), size, region, part);
      assertThat(read.mismatch(part)).as("%s", region).isEqualTo(-1);
    }
  }
}
