package dev.weft.cli;

import dev.weft.cli.bundle.Bundle;
import dev.weft.cli.machine.Version;
import dev.weft.cli.options.Syntax;
import dev.weft.cli.options.Syntax.Option;
import dev.weft.cli.options.Words;
import dev.weft.cli.output.Console;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.DeviceProviders;
import dev.weft.core.device.PortableLibrary;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/** {@code weft bundle}: everything in one archive, for machines without Java and network. */
final class BundleCommand implements Command {
  private static final String ENDING = ".tar.xz";
  private static final String NVRTC = "--with-nvrtc";

  @Override
  public Syntax syntax() {
    return new Syntax(
        "Packs weft with a Java of its own into one archive, for machines of the same kind without"
            + " Java and network.",
        List.of(),
        List.of(
            Option.value("FILE" + ENDING, "the archive to write", "-o", "--output"),
            Option.flag("leave out ND4J, which only the bridge Nd4jArrays needs", "--without-nd4j"),
            Option.flag("add the test suites, to be run by bin/weft-tests", "--with-tests"),
            Option.optional(
                "FROM",
                "add NVRTC, which GPUs need beside their driver; FROM is a folder, the library or a"
                    + " jar cuda-redist, else it is looked for as 'weft devices' does",
                NVRTC)));
  }

  @Override
  public int run(Words words, Console console) {
    Path archive = archive(words.value("--output"));
    PortableLibrary compiler = words.has(NVRTC) ? compiler(words.value(NVRTC)) : null;
    Steps steps = new Steps(console);
    Bundle bundle =
        new Bundle(
            Path.of(System.getProperty("java.home", "")),
            System.getProperty("java.class.path", ""),
            jarOf(CommandLine.class),
            Version.text(),
            !words.has("--without-nd4j"),
            words.has("--with-tests"),
            compiler,
            steps::show);
    final long begun = System.nanoTime();
    Bundle.Made made;
    try (steps) {
      made = bundle.write(archive);
    }
    console
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "wrote %s: %.1f MB, unpacked %.1f MB, in %.0f s%n%sTry: tar xf %s && %s/bin/weft demo",
                archive,
                made.bytes() * 1e-6,
                made.unpacked() * 1e-6,
                (System.nanoTime() - begun) * 1e-9,
                compiler == null ? "" : with(compiler),
                archive,
                made.folder()));
    return 0;
  }

  private static String with(PortableLibrary compiler) {
    return "with %s from %s; a GPU needs %s%n"
        .formatted(compiler.title(), compiler.origin(), compiler.needs());
  }

  /** Looked for before anything is made: a bundle takes minutes. */
  private static PortableLibrary compiler(String from) {
    try {
      for (DeviceProvider provider : DeviceProviders.installed()) {
        Optional<PortableLibrary> found = provider.compiler(from.isEmpty() ? null : Path.of(from));
        if (found.isPresent()) {
          return found.get();
        }
      }
    } catch (UsageException e) {
      throw new UsageException("bundle %s=%s: %s".formatted(NVRTC, from, e.getMessage()), e);
    } catch (DeviceException e) {
      throw new DeviceException(
          "bundle %s: %s%nOr say where it is: %s=FROM".formatted(NVRTC, e.getMessage(), NVRTC), e);
    }
    throw new DeviceException(
        "bundle %s: no device that weft was built with needs it; add the module weft-gpu"
            .formatted(NVRTC));
  }

  private static Path archive(String name) {
    if (name.isEmpty()) {
      throw new UsageException("bundle needs the archive to write: -o weft" + ENDING);
    }
    if (!name.endsWith(ENDING)) {
      throw new UsageException("-o %s: a bundle's name ends with %s".formatted(name, ENDING));
    }
    Path archive = Path.of(name);
    Path folder = archive.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("-o %s: the folder %s does not exist".formatted(name, folder));
    }
    return archive;
  }

  /** The jar that a class was loaded from, be it from the class path or the boot class path. */
  private static Path jarOf(Class<?> type) {
    URL url = type.getResource(type.getSimpleName() + ".class");
    try {
      if (url != null && url.openConnection() instanceof JarURLConnection jar) {
        return Path.of(jar.getJarFileURL().toURI());
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("find the jar of " + type, e);
    }
    throw new IllegalStateException(type + " comes from no jar");
  }

  /** Steps one below the other; on a terminal each replaces the one before, with percentages. */
  private record Steps(Console console) implements AutoCloseable {
    private static final String ERASE = "\r\033[K";

    void show(String step) {
      if (console.interactive()) {
        console.err().print(ERASE + "bundle: " + step);
        console.err().flush();
      } else if (!step.endsWith("%")) {
        console.err().println("bundle: " + step);
      }
    }

    @Override
    public void close() {
      if (console.interactive()) {
        console.err().print(ERASE);
        console.err().flush();
      }
    }
  }
}
