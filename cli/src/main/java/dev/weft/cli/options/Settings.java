package dev.weft.cli.options;

import dev.weft.cli.options.Syntax.Option;
import dev.weft.core.ChunkSpec;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.core.text.Suggestions;
import dev.weft.io.ReadOptions;
import dev.weft.io.raw.RawLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The options that describe how to compute; the same for every command that computes. */
public final class Settings {
  private Settings() {}

  /** How arrays are read. */
  public static final List<Option> INPUTS =
      List.of(
          new Option(
              List.of("--chunks"),
              "[NAME=]SPEC",
              true,
              "chunk lengths of all inputs or of one: auto, 1000, 100,500 or 60+40,500"),
          new Option(
              List.of("--concat"),
              "[NAME=]AXIS",
              true,
              "join the files of inputs such as x='run-*.npy' along this axis of theirs; otherwise they are stacked along a new first one"),
          new Option(
              List.of("--raw"),
              "[NAME=]LAYOUT",
              true,
              "what inputs without a header hold: float32:100,200, or int16:-1,512:order=F:offset=128:endian=big"),
          Option.flag(
              "unpack inputs by the CF conventions: missing values, scale_factor, add_offset",
              "--decode"));

  /** What a process may use. */
  public static final List<Option> LIMITS =
      List.of(
          Option.value("N", "tasks at the same time; all cores if left out", "--threads"),
          Option.value(
              "SIZE",
              "limit for buffers, such as 512M or 4G; 3/4 of the machine if left out",
              "--memory"),
          Option.value(
              "FOLDER",
              "where chunks go that find no room in memory; /var/tmp if left out",
              "--spill"),
          Option.value("TIME", "stop the job after so long, such as 90s, 30m or 2h", "--timeout"));

  /** Options that say something of one input, or of all. */
  private static final List<String> INPUT_OPTIONS = List.of("--chunks", "--concat", "--raw");

  private static final Option DEVICE =
      Option.value(
          "NAME",
          "device to run on: auto, cpu, cpu:2 (threads), cpu-scalar, cuda, cuda:1, cpu+cuda",
          "--device");

  /** For commands that choose devices by themselves. */
  public static final List<Option> BUT_DEVICE = joined(INPUTS, LIMITS);

  /** The options that all commands share which compute. */
  public static final List<Option> OPTIONS = joined(BUT_DEVICE, List.of(DEVICE));

  /** The same for commands that read no arrays. */
  public static final List<Option> WITHOUT_ARRAYS = joined(LIMITS, List.of(DEVICE));

  private static List<Option> joined(List<Option> some, List<Option> more) {
    List<Option> options = new ArrayList<>(some);
    options.addAll(more);
    return List.copyOf(options);
  }

  /** The configuration that the options ask for. */
  public static SessionConfig config(Words words) {
    SessionConfig config = SessionConfig.defaults();
    if (words.has("--threads")) {
      config = config.withThreads(number("--threads", words.value("--threads")));
    }
    if (words.has("--memory")) {
      config = config.withMemoryLimit(bytes(words.value("--memory")));
    }
    if (words.has("--spill")) {
      config = config.withSpillFolder(Path.of(words.value("--spill")));
    }
    if (words.has("--timeout")) {
      config = config.withTimeout(time("--timeout", words.value("--timeout")));
    }
    return words.has("--device") ? config.withDevice(words.value("--device")) : config;
  }

  /** A time written as 90, 90s, 30m, 2h or 1.5h; seconds without a unit. */
  public static Duration time(String option, String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int unit = lower.isEmpty() ? -1 : "smhd".indexOf(lower.charAt(lower.length() - 1));
    String digits = unit >= 0 ? lower.substring(0, lower.length() - 1) : lower;
    long[] seconds = {1, 60, 3600, 86_400};
    try {
      double millis = Double.parseDouble(digits.strip()) * seconds[Math.max(0, unit)] * 1000;
      if (millis >= 1 && millis < 1e15) {
        return Duration.ofMillis((long) millis);
      }
    } catch (NumberFormatException e) {
      throw new UsageException(badTime(option, text), e);
    }
    throw new UsageException(badTime(option, text));
  }

  private static String badTime(String option, String text) {
    return "%s is '%s'; write a time such as 90s, 30m or 2h".formatted(option, text);
  }

  /**
   * How the inputs are read.
   *
   * @param names of the inputs
   */
  public static Reading reading(Words words, Collection<String> names) {
    INPUT_OPTIONS.forEach(option -> requireNames(words, option, names));
    ReadOptions plain = words.has("--decode") ? ReadOptions.PLAIN.decoded() : ReadOptions.PLAIN;
    Function<String, ReadOptions> joined =
        byName(words, "--concat", text -> plain.joined(number("--concat", text)), plain);
    Function<String, Optional<RawLayout>> raw =
        byName(words, "--raw", text -> Optional.of(RawLayout.parse(text)), Optional.empty());
    return new Reading(
        byName(words, "--chunks", ChunkSpec::parse, ChunkSpec.auto()),
        name -> raw.apply(name).map(joined.apply(name)::raw).orElseGet(() -> joined.apply(name)));
  }

  /** What an option says of an input: as given for its name, else as given for all. */
  private static <T> Function<String, T> byName(
      Words words, String option, Function<String, T> parse, T unsaid) {
    Map<String, T> byName = new HashMap<>();
    for (String text : words.values(option)) {
      String name = name(text);
      String value = name.isEmpty() ? text : text.substring(name.length() + 1);
      if (byName.put(name, parse.apply(value)) != null) {
        throw new UsageException(
            "%s of %s is given twice".formatted(option, name.isEmpty() ? "all inputs" : name));
      }
    }
    T others = byName.getOrDefault("", unsaid);
    return name -> byName.getOrDefault(name, others);
  }

  /** The input that a value of an option is for; empty where it is for all. */
  private static String name(String text) {
    // A layout has such signs too, behind its first colon.
    String before = text.substring(0, text.indexOf(':') < 0 ? text.length() : text.indexOf(':'));
    return text.substring(0, Math.max(0, before.indexOf('=')));
  }

  private static void requireNames(Words words, String option, Collection<String> names) {
    for (String text : words.values(option)) {
      String name = name(text);
      if (!name.isEmpty() && !names.contains(name)) {
        throw new UsageException(
            "%s %s: no input is called '%s'%s (%s)"
                .formatted(
                    option,
                    text,
                    name,
                    Suggestions.didYouMean(name, names),
                    names.isEmpty()
                        ? "no inputs are given"
                        : "inputs are " + String.join(", ", names)));
      }
    }
  }

  /** The number behind an option. */
  public static int number(String option, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UsageException("%s is '%s'; it must be a whole number".formatted(option, text), e);
    }
  }

  /** Bytes written as 4096, 64K, 512M, 4G, 4GB or 4GiB: always in powers of 1024. */
  static long bytes(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    String unit = upper.endsWith("IB") ? upper.substring(0, upper.length() - 2) : upper;
    unit = unit.endsWith("B") ? unit.substring(0, unit.length() - 1) : unit;
    int power = unit.isEmpty() ? -1 : "KMGT".indexOf(unit.charAt(unit.length() - 1));
    String digits = power >= 0 ? unit.substring(0, unit.length() - 1) : unit;
    try {
      double number = Double.parseDouble(digits.strip());
      double bytes = number * Math.pow(1024, power + 1);
      if (number > 0 && bytes < 0x1p62) {
        return (long) bytes;
      }
    } catch (NumberFormatException e) {
      throw new UsageException(badBytes(text), e);
    }
    throw new UsageException(badBytes(text));
  }

  private static String badBytes(String text) {
    return "--memory is '%s'; write a size such as 512M or 4G".formatted(text);
  }
}
