package dev.weft.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** Damages files in many ways and reads them: each is read, or refused with one clear error. */
public final class Mutations {
  /** Of one file, so much is read at most. */
  private static final long READ = 64 << 10;

  private static final long ALLOWANCE = 16 << 20;

  /** What a parser makes of a byte of a file. */
  private static final long TIMES = 64;

  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    2,
    255,
    65535,
    0x7FFFFFFFL,
    0x80000000L,
    0xFFFFFFFFL,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 40
  };

  private final FileFormat format;
  private final List<byte[]> seeds;
  private final Path file;
  private final UnaryOperator<byte[]> repair;
  private int listed;
  private int opened;
  private int read;
  private int refused;
  private int places;
  private long most;

  private Mutations(
      FileFormat format, List<byte[]> seeds, Path file, UnaryOperator<byte[]> repair) {
    this.repair = repair;
    this.format = format;
    this.seeds = seeds;
    this.file = file;
  }

  /** Reads so many files, or the part of them that the build asks for; prints what came of them. */
  public static void check(FileFormat format, List<Path> seeds, Path file, int count)
      throws IOException {
    check(format, seeds, file, count, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param repair makes checksums right, without which nothing behind them would be reached
   */
  public static void check(
      FileFormat format, List<Path> seeds, Path file, int count, UnaryOperator<byte[]> repair)
      throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path seed : seeds) {
      contents.add(Files.readAllBytes(seed));
    }
    Mutations mutations = new Mutations(format, contents, file, repair);
    int part = LongSuites.part(count);
    for (int seed = 0; seed < part; seed++) {
      mutations.one(seed);
    }
    System.out.printf(
        "%s: %,d files: %,d listed, %,d arrays opened, %,d read, %,d errors, %,d with a place; at most %,d bytes allocated%n",
        format.name(),
        part,
        mutations.listed,
        mutations.opened,
        mutations.read,
        mutations.refused,
        mutations.places,
        mutations.most);
    assertThat(mutations.refused).isGreaterThan(part / 20);
    assertThat(mutations.read).isGreaterThan(part / 50);
  }

  private void one(int seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] mutated = mutate(seeds.get(random.nextInt(seeds.size())), random);
    byte[] bytes = random.nextInt(4) == 0 ? mutated : repair.apply(mutated);
    Files.write(file, bytes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    try {
      attempt(random);
    } catch (Throwable e) {
      fail("seed " + seed, e);
    }
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
    most = Math.max(most, after - before);
    assertThat(after - before)
        .as("bytes allocated, seed %d", seed)
        .isLessThan(ALLOWANCE + TIMES * bytes.length);
  }

  private void attempt(SplittableRandom random) throws IOException {
    List<ArrayEntry> entries = List.of();
    try {
      entries = format.list(file);
      listed++;
    } catch (UsageException e) {
      refused(e);
    }
    open("");
    for (int i = 0; i < 3 && !entries.isEmpty(); i++) {
      open(entries.get(random.nextInt(entries.size())).name());
    }
  }

  private void open(String name) throws IOException {
    try (ArraySource source = format.open(new ArrayName(file, name))) {
      opened++;
      long[] extents = source.shape().extents();
      long size = source.dtype().itemSize();
      for (int axis = extents.length - 1; axis >= 0; axis--) {
        extents[axis] = Math.min(extents[axis], Math.max(1, READ / size));
        size *= Math.max(1, extents[axis]);
      }
      Region region = new Region(new long[extents.length], extents);
      try (Arena arena = Arena.ofConfined()) {
        source.read(region, arena.allocate(region.size() * source.dtype().itemSize()));
      }
      read++;
    } catch (UsageException e) {
      refused(e);
    }
  }

  private void refused(UsageException e) {
    refused++;
    if (e instanceof FormatException damaged) {
      assertThat(damaged.file()).isEqualTo(file.toString());
      assertThat(damaged.reason()).isNotBlank();
      places += damaged.offset() >= 0 ? 1 : 0;
    } else {
      // There is another array, or none, where one was named or left out.
      assertThat(e).hasMessageStartingWith("read ");
    }
    assertThat(e.getMessage()).contains(file.toString()).hasSizeLessThan(6000);
  }

  private static byte[] mutate(byte[] seed, SplittableRandom random) {
    byte[] bytes = seed.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(8)) {
        case 0 ->
            bytes = Arrays.copyOf(bytes, random.nextInt(4) == 0 ? at : bytes.length - at / 64);
        case 1, 2 -> bytes[at] = (byte) random.nextInt(256);
        case 3 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 4 -> number(bytes, random, at, ByteOrder.LITTLE_ENDIAN);
        case 5 -> number(bytes, random, at / 16, ByteOrder.BIG_ENDIAN);
        case 6 -> number(bytes, random, at & ~3, ByteOrder.LITTLE_ENDIAN);
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(64), bytes.length - Math.max(from, at));
          System.arraycopy(bytes.clone(), from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  private static void number(byte[] bytes, SplittableRandom random, int at, ByteOrder order) {
    long value =
        random.nextInt(3) == 0
            ? random.nextLong(bytes.length)
            : EXTREMES[random.nextInt(EXTREMES.length)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    if (random.nextBoolean() && at + Long.BYTES <= bytes.length) {
      buffer.putLong(at, value);
    } else if (at + Integer.BYTES <= bytes.length) {
      buffer.putInt(at, (int) value);
    }
  }
}
