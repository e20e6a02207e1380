package dev.weft.cli;

import dev.weft.cli.job.InputFiles;
import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.Parser;
import dev.weft.cli.language.SourceText;
import dev.weft.cli.options.Reading;
import dev.weft.cli.options.Settings;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code weft demo}: a small study of real data, then a job large enough to show the speed. */
final class DemoCommand implements Command {
  private static final int BELT_DEGREES = 14;
  private static final int BAR_MILLIMETRES = 50;

  @Override
  public Syntax syntax() {
    List<Option> options = new ArrayList<>();
    options.add(
        Option.value(
            "DIR",
            "only copy the data and the job to this directory, to try things with",
            "--save"));
    options.addAll(Settings.OPTIONS);
    return new Syntax(
        "Computes with real data that comes with weft, then shows the speed.", List.of(), options);
  }

  @Override
  public int run(Words options, Console console) {
    String save = options.value("--save");
    if (!save.isEmpty()) {
      Path directory = Path.of(save);
      DemoData.copy(directory);
      console.out().println("Saved the data of the demo. Try:");
      console.out().println(tryNext(save));
      return 0;
    }
    try (DemoData data = DemoData.temporary();
        Session session = Session.open(Settings.config(options))) {
      precipitation(session, data, console.out());
      new DemoSpeed(session, console.out()).run();
    } catch (IOException e) {
      throw new DeviceException("demo: " + e, e);
    }
    PrintStream out = console.out();
    out.println();
    out.println("Try next, with the data of the demo:");
    out.println("  weft demo --save data");
    out.println(tryNext("data"));
    return 0;
  }

  private static String tryNext(String directory) {
    String p = " p=" + directory + "/precipitation_2016.npy";
    return "  weft run 'p.mean(axis=1)[::14]'"
        + p
        + "\n  weft explain 'mean(sqrt(p**2 + 1))'"
        + p
        + "\n  weft run "
        + directory
        + "/demo.weft"
        + p
        + " latitude="
        + directory
        + "/latitude.npy --out z=z.npy\n  weft table 't.groupby(zone).agg(mean(precipitation))' "
        + directory
        + "/cells.csv";
  }

  private static void precipitation(Session session, DemoData data, PrintStream out)
      throws IOException {
    SourceText source = new SourceText("demo.weft", data.job());
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("p", data.file("precipitation_2016.npy"));
    files.put("latitude", data.file("latitude.npy"));
    files.put("longitude", data.file("longitude.npy"));
    out.println("Precipitation of 2016 (NOAA CFSv2), 168 x 360 cells of one degree:");
    out.println();
    data.job().lines().filter(line -> !line.startsWith("#")).forEach(l -> out.println("  " + l));
    out.println();
    final long begun = System.nanoTime();
    try (InputFiles inputs = new InputFiles(session, Reading.AUTOMATIC, files)) {
      Evaluator.Outputs outputs = Evaluator.evaluate(session, Parser.job(source), inputs);
      List<String> names =
          List.of("average", "zones", "wettest", "cell", "highest", "lowest", "unusual");
      List<NDArray> wanted = names.stream().map(outputs::value).toList();
      List<HostArray> values = session.compute(wanted);
      final double milliseconds = (System.nanoTime() - begun) * 1e-6;
      long cell = values.get(3).getLong();
      double latitude = inputs.open("latitude").slice(String.valueOf(cell / 360)).toDouble();
      double longitude = inputs.open("longitude").slice(String.valueOf(cell % 360)).toDouble();
      print(out, "mean, weighted by area   %8.1f mm", values.get(0).item());
      print(
          out,
          "wettest cell             %8.0f mm at %.1f %s, %.1f %s",
          values.get(2).item(),
          Math.abs(latitude),
          latitude < 0 ? "S" : "N",
          Math.abs(longitude),
          longitude < 0 ? "W" : "E");
      print(
          out,
          "z against the latitude   %8.1f to %.1f deviations; beyond 2: %.1f %% of cells",
          values.get(5).item(),
          values.get(4).item(),
          values.get(6).item());
      belts(out, values.get(1));
      print(out, "All of it in %.0f ms, as one job.", milliseconds);
    }
  }

  private static void belts(PrintStream out, HostArray zones) {
    out.println("mean by latitude, one # for " + BAR_MILLIMETRES + " mm:");
    for (int belt = 0; belt < zones.size(); belt++) {
      double value = zones.getDouble(belt);
      int north = 87 - belt * BELT_DEGREES;
      print(
          out,
          "  %3d to %3d   %6.0f  %s",
          north,
          north - BELT_DEGREES,
          value,
          "#".repeat((int) Math.round(value / BAR_MILLIMETRES)));
    }
  }

  static void print(PrintStream out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
