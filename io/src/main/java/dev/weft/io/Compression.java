package dev.weft.io;

import dev.weft.core.error.UsageException;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is done to the bytes of chunks: {@code zstd}, {@code gzip:5} with a level, {@code none}.
 *
 * @param codec its name; which there are depends on the format
 * @param level how hard it tries; what the codec takes by itself where none is given
 */
public record Compression(String codec, OptionalInt level) {
  /** The name of none at all. */
  public static final String NONE = "none";

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws UsageException when behind the colon is no number
   */
  public static Compression parse(String text) {
    int colon = text.indexOf(':');
    String level = text.substring(colon + 1);
    if (colon < 0) {
      return new Compression(text, OptionalInt.empty());
    }
    if (colon == 0 || !level.matches("-?[0-9]{1,4}")) {
      throw new UsageException(
          "the compression '%s' is no name and level; write zstd, zstd:9, gzip:5 or none"
              .formatted(text));
    }
    return new Compression(text.substring(0, colon), OptionalInt.of(Integer.parseInt(level)));
  }

  /**
   * The level, of a codec with levels.
   *
   * @param usual where none is given
   * @throws UsageException when it is not one from {@code least} to {@code most}
   */
  public int level(ArrayName name, int usual, int least, int most) {
    int given = level.orElse(usual);
    if (given < least || given > most) {
      throw new UsageException(
          "write %s: %s has no level %d; give one from %d to %d"
              .formatted(name, codec, given, least, most));
    }
    return given;
  }

  /** An error that tells which codecs a format has. */
  public UsageException unknown(ArrayName name, List<String> known) {
    return new UsageException(
        "write %s: there is no compression '%s' for it; use one of %s"
            .formatted(name, this, String.join(", ", known)));
  }

  @Override
  public String toString() {
    return level.isPresent() ? codec + ":" + level.getAsInt() : codec;
  }
}
