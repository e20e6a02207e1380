package dev.weft.profile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The browser of this machine, where it has one. */
record Chromium(Path program) {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  /** Only what hangs is ended. */
  private static final long MINUTES = 3;

  static Optional<Chromium> find() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Chromium::new);
  }

  /** What the page is after its scripts have run, as HTML. */
  String dom(Path page, Path folder) throws IOException, InterruptedException {
    Path out = folder.resolve("dom.html");
    run(List.of("--dump-dom", page.toUri().toString()), folder, out);
    return Files.readString(out);
  }

  private void run(List<String> options, Path folder, Path out)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add(program.toString());
    words.addAll(List.of("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"));
    words.add("--user-data-dir=" + folder.resolve("browser"));
    words.addAll(options);
    Process process =
        new ProcessBuilder(words)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("errors.txt").toFile())
            .start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly().waitFor();
      throw new IOException("%s did not end within %d minutes".formatted(program, MINUTES));
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "%s ended with %d: %s"
              .formatted(
                  program, process.exitValue(), Files.readString(folder.resolve("errors.txt"))));
    }
  }
}
