package dev.weft.cli;

import static dev.weft.cli.Commands.option;

import dev.weft.core.ChunkSpec;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that describe how to compute; the same for every command that computes. */
final class Settings {
  private Settings() {}

  static void describe(CommandSpec spec) {
    spec.addOption(
        option("SPEC", "--chunks")
            .description("chunk lengths of the inputs: auto, 1000, 100,500 or 60+40,500")
            .build());
    spec.addOption(
        option("N", "--threads")
            .description("tasks at the same time; all cores if left out")
            .build());
    spec.addOption(
        option("SIZE", "--memory")
            .description("limit for buffers, such as 512M or 4G; 3/4 of the machine if left out")
            .build());
    spec.addOption(
        option("NAME", "--device").description("device to run on; weft info lists them").build());
  }

  static SessionConfig config(ParseResult arguments) {
    SessionConfig config = SessionConfig.defaults();
    String threads = arguments.matchedOptionValue("--threads", "");
    if (!threads.isEmpty()) {
      config = config.withThreads((int) number("--threads", threads));
    }
    String memory = arguments.matchedOptionValue("--memory", "");
    if (!memory.isEmpty()) {
      config = config.withMemoryLimit(bytes(memory));
    }
    String device = arguments.matchedOptionValue("--device", "");
    return device.isEmpty() ? config : config.withDevice(device);
  }

  static ChunkSpec chunks(ParseResult arguments) {
    return ChunkSpec.parse(arguments.matchedOptionValue("--chunks", "auto"));
  }

  private static long number(String option, String text) {
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
