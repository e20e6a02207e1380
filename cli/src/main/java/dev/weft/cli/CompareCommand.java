package dev.weft.cli;

import dev.weft.cli.compare.Comparison;
import dev.weft.cli.compare.ComparisonChart;
import dev.weft.cli.compare.ComparisonJson;
import dev.weft.cli.compare.ComparisonTable;
import dev.weft.cli.compare.Heading;
import dev.weft.cli.compare.Outcome;
import dev.weft.cli.compare.Pace;
import dev.weft.cli.compare.Warnings;
import dev.weft.cli.job.ExpressionWorkload;
import dev.weft.cli.machine.Machine;
import dev.weft.cli.options.JobArguments;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.SvgFile;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.cli.output.ExitCode;
import dev.weft.cli.output.Json;
import dev.weft.cli.output.ProgressText;
import dev.weft.core.Devices;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.DeviceProvider.Availability;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
    requireUsable(devices);
    // Times from the host are those of a first job: each copies its inputs.
    SessionConfig config = Settings.config(words).withKeepCopies(false);
    ExpressionWorkload workload = new ExpressionWorkload(arguments, Settings.chunks(words));
    List<String> warnings = new ArrayList<>(Machine.busyWarnings());
    warnings.addAll(workload.readOnce());
    List<Outcome> outcomes = new ArrayList<>();
    try (ProgressText progress = new ProgressText(console);
        Comparison comparison =
            new Comparison(workload, config, Pace.of(repeats), ulps, progress::show)) {
      for (String device : devices) {
        outcomes.add(comparison.run(device));
      }
    }
    warnings.addAll(Warnings.of(outcomes));
    for (String name : workload.unused()) {
      console.err().println("weft: the input " + name + " is not used");
    }
    Heading heading = new Heading(workload.text(), workload.inputs(), Machine.inOneLine(), repeats);
    if (words.has("--json")) {
      console.out().println(Json.text(ComparisonJson.of(heading, outcomes, warnings)));
    } else {
      console.out().print(ComparisonTable.of(heading, outcomes, warnings));
    }
    if (chart != null) {
      chart.write(ComparisonChart.of(heading, outcomes));
    }
    boolean wrong =
        outcomes.stream()
            .anyMatch(o -> o instanceof Outcome.Failed || o instanceof Outcome.Different);
    return wrong ? ExitCode.FAILED : 0;
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
