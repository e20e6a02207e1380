package dev.weft.io.zarr;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.shape.Region;
import dev.weft.io.ArrayEntry;
import dev.weft.io.ArrayName;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Damages one file of a store after the other, and reads the store: in a JVM of its own, with
 * little memory, since native code takes part. Prints how many were read and refused.
 */
final class ZarrMutations {
  private static final long MOST_READ = 1 << 16;
  private static final Pattern VALUE = Pattern.compile("-?\\d+|\"[^\"]*\"|true|false|null");
  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "1",
          "3",
          "64",
          "1000000",
          "2147483647",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "1e400",
          "1e-9",
          "0.5",
          "NaN",
          "-Infinity",
          "null",
          "true",
          "[]",
          "{}",
          "[1, 2]",
          "[[1]]",
          "\"\"",
          "\"bytes\"",
          "\"zstd\"",
          "\"gzip\"",
          "\"blosc\"",
          "\"crc32c\"",
          "\"transpose\"",
          "\"sharding_indexed\"",
          "\"F\"",
          "\"big\"",
          "\"float64\"",
          "\"uint8\"",
          "\"complex128\"",
          "\"<f8\"",
          "\">i4\"",
          "\"|O\"",
          "\"NaN\"",
          "\"0x7fc00000\"",
          "\"AAAAAAAA+H8=\"",
          "\".\"",
          "\"group\"",
          "\"..\"",
          "\"\\u0000\"",
          "[".repeat(600));

  private int read;
  private int refused;
  private int failed;

  private ZarrMutations() {}

  /**
   * Runs.
   *
   * @param arguments a folder of stores, how many mutations
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int count = Integer.parseInt(arguments[1]);
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".npy"))
              .sorted()
              .toList();
    }
    ZarrMutations mutations = new ZarrMutations();
    for (int seed = 0; seed < count; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Path file = files.get(random.nextInt(files.size()));
      byte[] before = Files.readAllBytes(file);
      byte[] after = mutate(file, before.clone(), random);
      replace(file, after);
      try {
        mutations.check(folder.resolve(folder.relativize(file).getName(0)));
      } catch (Throwable e) {
        throw new IllegalStateException(
            "seed %d, %s: %s".formatted(seed, file, new String(after, StandardCharsets.UTF_8)), e);
      }
      replace(file, before);
    }
    System.out.printf(
        "zarr: %d mutated: %d read, %d refused, %d failed%n",
        count, mutations.read, mutations.refused, mutations.failed);
  }

  /** A file that is written over is flushed by some file systems, which takes long. */
  private static void replace(Path file, byte[] bytes) throws IOException {
    Files.delete(file);
    Files.write(file, bytes);
  }

  private void check(Path store) throws IOException {
    try {
      for (ArrayEntry entry : Zarr.list(store)) {
        if (entry.isReadable()) {
          read(new ArrayName(store, entry.name()));
        }
      }
      read++;
    } catch (UsageException e) {
      refused++;
      requireMessage(e.getMessage(), store);
    } catch (DeviceException e) {
      failed++;
      requireMessage(e.getMessage(), store);
    }
  }

  private static void requireMessage(String message, Path store) {
    if (!message.contains(store.getFileName().toString()) || message.length() > 1500) {
      throw new IllegalStateException("message: " + message);
    }
  }

  private static void read(ArrayName name) throws IOException {
    try (ZarrSource source = Zarr.read(name)) {
      long[] extents = source.shape().extents();
      long room = MOST_READ / source.dtype().itemSize();
      for (int axis = 0; axis < extents.length; axis++) {
        extents[axis] = Math.min(extents[axis], Math.max(1, room));
        room /= Math.max(1, extents[axis]);
      }
      Region region = new Region(new long[extents.length], extents);
      long bytes = region.size() * source.dtype().itemSize();
      source.read(region, MemorySegment.ofArray(new byte[(int) bytes]));
    }
  }

  private static byte[] mutate(Path file, byte[] bytes, SplittableRandom random) {
    String name = file.getFileName().toString();
    byte[] mutated = bytes;
    boolean isText = name.equals("zarr.json") || name.startsWith(".z");
    for (int i = random.nextInt(3); i >= 0; i--) {
      mutated = isText && random.nextInt(4) > 0 ? value(mutated, random) : any(mutated, random);
    }
    return mutated;
  }

  /** Puts another value in place of one. */
  private static byte[] value(byte[] bytes, SplittableRandom random) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<MatchResult> values = VALUE.matcher(text).results().toList();
    if (values.isEmpty()) {
      return bytes;
    }
    MatchResult place = values.get(random.nextInt(values.size()));
    String other =
        random.nextInt(3) == 0
            ? values.get(random.nextInt(values.size())).group()
            : VALUES.get(random.nextInt(VALUES.size()));
    return (text.substring(0, place.start()) + other + text.substring(place.end()))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] any(byte[] bytes, SplittableRandom random) {
    if (bytes.length == 0) {
      return new byte[random.nextInt(40)];
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 1 -> {
        return Arrays.copyOf(bytes, bytes.length + random.nextInt(100));
      }
      case 2 -> {
        int length = Math.min(random.nextInt(40), bytes.length - at);
        System.arraycopy(
            bytes.clone(), random.nextInt(bytes.length - length + 1), bytes, at, length);
      }
      case 3 -> bytes[Math.min(bytes.length - 1, random.nextInt(24))] = (byte) random.nextInt(256);
      case 4 -> bytes[bytes.length - 1 - random.nextInt(Math.min(24, bytes.length))] = (byte) -1;
      default -> bytes[at] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
