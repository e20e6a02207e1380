package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.weft.io.Fixtures;
import dev.weft.io.FormatException;
import dev.weft.io.Mutations;
import dev.weft.io.npz.NpzFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages npy and npz files in many ways and reads them: each loads, or is refused with a place and
 * a reason. Runs in a JVM of its own, with little memory; prints what came of them.
 */
final class NpyMutations {
  private static final long ALLOWANCE = 64 << 10;
  private static final List<String> DESCRS =
      List.of(
          "'|O'",
          "'<f2'",
          "'<f16'",
          "'|S8'",
          "'<U4'",
          "'<M8[ns]'",
          "'|V1000000000'",
          "'<i3'",
          "'f8'",
          "''",
          "'<'",
          "'|f8'",
          "'=i4'",
          "[('a', '<f8')]",
          "('<f8', (2,))",
          "None",
          "'<f8",
          "\"<f8\"",
          "'\\x3cf8'",
          "'<c8'",
          "'>c16'",
          "1",
          "'<f99999999999999999999'",
          "'<\u00e98'");
  private static final List<String> SHAPES =
      List.of(
          "()",
          "(0,)",
          "(3)",
          "3",
          "(-1,)",
          "(1000000000,)",
          "(9223372036854775807,)",
          "(9223372036854775808,)",
          "(4294967296, 4294967296)",
          "(4611686018427387904, 4, 0)",
          "(2, 3L)",
          "(2L, 3L, )",
          "(2,, 3)",
          "(,)",
          "(2, 3",
          "[2, 3]",
          "(2.0, 3)",
          "(0x10,)",
          "(" + "1, ".repeat(64) + ")",
          "(" + "1, ".repeat(65) + ")",
          "(" + "0, ".repeat(30000),
          "(2, '3')",
          "(1e3,)",
          "(True,)",
          "(" + "9".repeat(5000) + ",)");

  private NpyMutations() {}

  /**
   * Runs.
   *
   * @param arguments a folder for files, how many npy files, how many npz files
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    npy(folder.resolve("x.npy"), Integer.parseInt(arguments[1]));
    Mutations.check(
        new NpzFormat(),
        Fixtures.files("npz", ".npz"),
        folder.resolve("x.npz"),
        Integer.parseInt(arguments[2]));
  }

  private static void npy(Path file, int files) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    List<byte[]> seeds = NpyFixturesTest.fixtures().stream().map(NpyMutations::bytes).toList();
    int loaded = 0;
    int refused = 0;
    long most = 0;
    for (int seed = 0; seed < files; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] mutated = mutate(seeds.get(random.nextInt(seeds.size())), random);
      Files.write(file, mutated);
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
      try (NpySource source = Npy.read(file)) {
        loaded++;
        assertThat(source.header().dataOffset() + source.header().dataBytes())
            .isLessThanOrEqualTo(mutated.length);
      } catch (FormatException e) {
        refused++;
        check(e, file, mutated.length, seed);
      } catch (Throwable e) {
        fail("seed " + seed, e);
      }
      long after = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
      // The first files load classes.
      if (seed >= 1000) {
        most = Math.max(most, after - before - mutated.length);
      }
    }
    System.out.printf(
        "npy: %,d files: %,d loaded, %,d refused; at most %,d bytes allocated beyond the file's%n",
        files, loaded, refused, most);
    assertThat(most).isLessThan(ALLOWANCE);
    assertThat(loaded).isBetween(files / 100, files * 9 / 10);
  }

  private static void check(FormatException e, Path file, long size, int seed) {
    assertThat(e.file()).as("seed %d", seed).isEqualTo(file.toString());
    assertThat(e.offset()).as("seed %d: %s", seed, e.getMessage()).isBetween(0L, size);
    assertThat(e.reason()).as("seed %d", seed).isNotBlank().hasSizeLessThan(400);
    assertThat(e.getMessage())
        .isEqualTo("%s: offset %d: %s".formatted(file, e.offset(), e.reason()));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mutate(byte[] file, SplittableRandom random) {
    byte[] bytes = file.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      bytes =
          switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> flip(bytes, random, bytes.length);
            case 2 -> flip(bytes, random, Math.min(bytes.length, 80));
            case 3 -> headerLength(bytes, random);
            case 4 -> rewritten(random, pick(DESCRS, random), "(2, 3)");
            case 5 -> rewritten(random, "'<f8'", pick(SHAPES, random));
            case 6 -> rewritten(random, pick(DESCRS, random), pick(SHAPES, random));
            default -> spliced(bytes, random);
          };
    }
    return bytes;
  }

  private static String pick(List<String> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }

  private static byte[] flip(byte[] bytes, SplittableRandom random, int within) {
    for (int i = random.nextInt(4); i >= 0 && within > 0; i--) {
      bytes[random.nextInt(within)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static byte[] headerLength(byte[] bytes, SplittableRandom random) {
    int[] lengths = {0, 1, -1, 0x7FFFFFFF, 0x80000000, 1 << 20, (1 << 20) + 1, bytes.length, 118};
    if (bytes.length >= 12) {
      bytes[6] = (byte) (1 + random.nextInt(3));
      ByteBuffer.wrap(bytes)
          .putInt(8, Integer.reverseBytes(lengths[random.nextInt(lengths.length)]));
    }
    return bytes;
  }

  private static byte[] rewritten(SplittableRandom random, String descr, String shape) {
    String[] entries = {
      "'descr': " + descr,
      "'fortran_order': " + (random.nextBoolean() ? "True" : "False"),
      "'shape': " + shape,
      "'descr': '<i4'",
      "'extra': 1",
      "'shape': (1,)"
    };
    int count = random.nextInt(8) == 0 ? random.nextInt(entries.length + 1) : 3;
    StringBuilder text = new StringBuilder("{");
    int first = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      text.append(entries[i < 3 ? (i + first) % 3 : i]).append(i < count - 1 ? ", " : "");
    }
    text.append(random.nextBoolean() ? ", }" : "}").append(random.nextInt(9) == 0 ? "x\n" : "\n");
    byte[] header = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer file = ByteBuffer.allocate(12 + header.length + 48);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    file.put((byte) 2).put((byte) 0).putInt(Integer.reverseBytes(header.length)).put(header);
    return file.array();
  }

  private static byte[] spliced(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return bytes;
    }
    int from = random.nextInt(bytes.length);
    int to = random.nextInt(bytes.length);
    int length = Math.min(random.nextInt(40), bytes.length - Math.max(from, to));
    System.arraycopy(bytes.clone(), from, bytes, to, length);
    return bytes;
  }
}
