package dev.weft.cli;

import dev.weft.cli.compare.SavedComparison;
import dev.weft.cli.compare.SweepSizes;
import dev.weft.cli.language.FreeNames;
import dev.weft.cli.language.Parser;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.SvgFile;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.Devices;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code weft compare}: the same expression on several devices, checked and timed. */
final class CompareCommand implements Command {
  private static final String DEFAULT_DEVICES = "cpu,cuda";
  private static final int DEFAULT_REPEATS = 9;
  private static final double DEFAULT_ULPS = 64;

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.value(
            "NAME,...",
            "devices to compare, the first of which the others are measured by; "
                + DEFAULT_DEVICES
                + " if left out. For instance cpu,cpu:1,cpu-scalar,cuda",
            "--devices"));
    options.add(
        Option.value(
            "N", "timed runs on each device; " + DEFAULT_REPEATS + " if left out", "--repeat"));
    options.add(
        Option.value(
            "N",
            "units in the last place up to which floating-point answers count as the same; "
                + (long) DEFAULT_ULPS
                + " if left out",
            "--ulps"));
    options.add(
        Option.flag(
            "keep inputs on each device before timing, and a single result too: the work alone",
            "--resident"));
    options.add(
        Option.value(
            "FROM..TO",
            "inputs of growing size instead of files, such as 1e3..1e8 elements: from which size"
                + " on does a device pay?",
            "--sweep"));
    options.add(
        Option.flag("with --sweep: inputs are matrices of as many rows as columns", "--square"));
    options.add(
        Option.value(
            "FILE",
            "what --json has printed before: faster or slower now, or within noise?",
            "--against"));
    options.add(Option.value("FILE", "also draw a chart: an SVG file", "--svg"));
    options.add(Option.flag("print one line of JSON instead of the table", "--json"));
    options.addAll(Settings.BUT_DEVICE);
    return new Syntax(
        "Computes an expression on several devices, checks that the answers agree, and shows the"
            + " times.",
        JobArguments.PARAMETERS,
        options);
  }

  @Override
  public int run(Words words, Console console) {
    JobArguments arguments = JobArguments.of(words);
    List<String> devices = devices(words);
    final int repeats = repeats(words);
    final double ulps = ulps(words);
    SvgFile chart = words.has("--svg") ? SvgFile.of("--svg", words.value("--svg")) : null;
    SavedComparison saved = saved(words, arguments);
    requireUsable(devices);
    // Times from the host are those of a first job: each copies its inputs.
    SessionConfig config = Settings.config(words).withKeepCopies(false);
    CompareRun run =
        new CompareRun(
            devices,
            words.has("--resident"),
            repeats,
            ulps,
            config,
            Settings.reading(words, inputs(words, arguments)),
            saved);
    boolean json = words.has("--json");
    if (words.has("--sweep")) {
      SweepSizes sizes = SweepSizes.parse(words.value("--sweep"), words.has("--square"));
      if (!arguments.inputs().isEmpty()) {
        throw new UsageException(
            "--sweep makes the inputs itself; leave out %s=%s"
                .formatted(
                    arguments.inputs().keySet().iterator().next(),
                    arguments.inputs().values().iterator().next()));
      }
      return run.sweep(arguments, sizes, json, chart, console);
    }
    if (words.has("--square")) {
      throw new UsageException("--square says how --sweep makes inputs; add --sweep 1e3..1e8");
    }
    return run.once(arguments, json, chart, console);
  }

  /** The names of the inputs, whether files or made. */
  private static Collection<String> inputs(Words words, JobArguments arguments) {
    return words.has("--sweep")
        ? FreeNames.of(Parser.job(arguments.source()))
        : arguments.inputs().keySet();
  }

  private static @Nullable SavedComparison saved(Words words, JobArguments arguments) {
    if (!words.has("--against")) {
      return null;
    }
    SavedComparison saved = SavedComparison.read(Path.of(words.value("--against")));
    saved.requireSameJob(arguments.title(), words.has("--sweep"));
    return saved;
  }

  private static List<String> devices(Words words) {
    String text = words.has("--devices") ? words.value("--devices") : DEFAULT_DEVICES;
    Set<String> devices = new LinkedHashSet<>();
    for (String word : text.split(",", -1)) {
      String device = word.strip();
      if (!devices.add(device)) {
        throw new UsageException("--devices names %s twice".formatted(device));
      }
    }
    return List.copyOf(devices);
  }

  /**
   * With no device at all there is nothing to show: the reasons become the error. And an unknown
   * name is an error now, not after the first device has run.
   */
  private static void requireUsable(List<String> devices) {
    List<String> reasons = new ArrayList<>();
    for (String device : devices) {
      if (Devices.probe(device) instanceof Availability.Unusable(String reason, String remedy)) {
        reasons.add("%s: %s. %s".formatted(device, reason, remedy));
      }
    }
    if (reasons.size() == devices.size()) {
      throw new DeviceException("no device can be used: " + String.join("; ", reasons));
    }
  }

  private static int repeats(Words words) {
    int repeats =
        words.has("--repeat")
            ? Settings.number("--repeat", words.value("--repeat"))
            : DEFAULT_REPEATS;
    if (repeats < 1) {
      throw new UsageException("--repeat is %d; use at least 1".formatted(repeats));
    }
    return repeats;
  }

  private static double ulps(Words words) {
    if (!words.has("--ulps")) {
      return DEFAULT_ULPS;
    }
    String text = words.value("--ulps");
    try {
      double ulps = Double.parseDouble(text);
      if (ulps >= 0 && ulps < Double.POSITIVE_INFINITY) {
        return ulps;
      }
    } catch (NumberFormatException e) {
      throw new UsageException(badUlps(text), e);
    }
    throw new UsageException(badUlps(text));
  }

  private static String badUlps(String text) {
    return "--ulps is '%s'; it must be a number from 0 on".formatted(text);
  }
}
