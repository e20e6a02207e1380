package dev.weft.cli.bundle;

import dev.weft.core.device.PortableLibrary;
import dev.weft.core.error.DeviceException;
import dev.weft.io.file.Replaced;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a bundle together in a folder beside the archive, packs it, and removes the folder. The
 * archive appears complete or not at all.
 *
 * @param javaHome the JDK that the bundle's Java is made from
 * @param classPath what Weft runs from
 * @param helpJar the jar that makes help texts, which may be loaded from elsewhere
 * @param version of Weft
 * @param nd4j whether ND4J goes in
 * @param tests whether the test suites go in
 * @param compiler what GPUs need beside their driver; null to leave it out
 * @param progress is told what is being done
 */
public record Bundle(
    Path javaHome,
    String classPath,
    Path helpJar,
    String version,
    boolean nd4j,
    boolean tests,
    @Nullable PortableLibrary compiler,
    Consumer<String> progress) {
  private static final String MAIN = "dev.weft.cli.Main";

  /** Where the start scripts look for the compiler, below the bundle's folder. */
  private static final String COMPILER = "lib/cuda";

  /**
   * What was made.
   *
   * @param folder the name of the folder that unpacking makes
   * @param bytes size of the archive
   * @param unpacked size of its contents
   */
  public record Made(String folder, long bytes, long unpacked) {}

  /**
   * Makes the bundle.
   *
   * @throws DeviceException when something that is needed is missing, or a disk fails
   */
  public Made write(Path archive) {
    JavaImage.jlink(javaHome);
    String platform = Libraries.platform();
    Libraries libraries = Libraries.of(classPath, helpJar, nd4j, platform);
    String name = "weft-" + version + "-" + platform;
    try {
      if (tests) {
        TestSuites.targets(libraries);
      }
      Path target = Replaced.target(archive).toAbsolutePath();
      try (WorkFolder work = WorkFolder.beside(target)) {
        Path root = Files.createDirectory(work.path().resolve(name));
        fill(root, libraries);
        Path part = work.path().resolve("part");
        progress.accept("packing");
        TarXz.pack(
            root,
            part,
            share -> progress.accept(String.format(Locale.ROOT, "packing: %.0f %%", 100 * share)));
        Made made = new Made(name, Files.size(part), TarXz.size(root));
        Replaced.of(target).passOn(part);
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        return made;
      }
    } catch (IOException e) {
      throw new DeviceException("bundle %s: %s".formatted(archive, e), e);
    }
  }

  private void fill(Path root, Libraries libraries) throws IOException {
    progress.accept("making a Java with jlink");
    JavaImage.make(javaHome, root);
    progress.accept("copying %d jars".formatted(libraries.jars().size()));
    Path lib = Files.createDirectory(root.resolve("lib"));
    List<String> names = new ArrayList<>();
    for (Path jar : libraries.jars()) {
      String name = jar.getFileName().toString();
      StoredJar.copy(jar, lib.resolve(name), entry -> Libraries.isUsed(entry, nd4j));
      names.add(name);
    }
    Files.write(lib.resolve("classpath"), names);
    script(root, "weft");
    if (compiler != null) {
      progress.accept("copying " + compiler.title());
      copy(compiler, root.resolve(COMPILER));
    }
    if (tests) {
      progress.accept("copying the test suites");
      TestSuites.copy(root, libraries, nd4j);
      script(root, "weft-tests");
    }
    Files.writeString(root.resolve("README.txt"), readMe());
    progress.accept("archiving loaded classes");
    archiveClasses(root, names);
  }

  private static void copy(PortableLibrary library, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Path> file : library.files().entrySet()) {
      Files.copy(file.getValue(), folder.resolve(file.getKey()));
    }
  }

  /** Puts a start script into the bundle's folder. */
  static void script(Path root, String name) throws IOException {
    Path file = Files.createDirectories(root.resolve("bin")).resolve(name);
    try (InputStream in = Bundle.class.getResourceAsStream("/dev/weft/bundle/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file " + name);
      }
      Files.copy(in, file);
    }
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /**
   * Runs a short job whose classes, lambdas among them, are kept in an archive: starts take half
   * the time. The JVM accepts it in another folder as long as the jars are the same. As in ./weft,
   * of the older kind: an ahead-of-time cache holds no lambdas with an incubator module.
   */
  private void archiveClasses(Path root, List<String> names) throws IOException {
    List<String> jars =
        names.stream().map(name -> root.resolve("lib").resolve(name).toString()).toList();
    List<String> java =
        List.of(
            root.resolve("java/bin/java").toString(),
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseParallelGC");
    List<String> program = List.of("-cp", String.join(File.pathSeparator, jars), MAIN);
    Path data = root.resolveSibling("data");
    List<String> save = new ArrayList<>(java);
    save.addAll(program);
    save.addAll(List.of("demo", "--save", data.toString()));
    JavaImage.run("java", save, root);
    List<String> train = new ArrayList<>(java);
    train.add("-XX:ArchiveClassesAtExit=" + root.resolve("lib/weft.jsa"));
    train.addAll(program);
    train.addAll(
        List.of(
            "run",
            data.resolve("demo.weft").toString(),
            "p=" + data.resolve("precipitation_2016.npy"),
            "latitude=" + data.resolve("latitude.npy"),
            "--out",
            "z=" + data.resolve("z.npy")));
    JavaImage.run("java", train, root);
  }

  private String readMe() {
    return """
        Weft %s with a Java of its own, for %s.

          bin/weft demo          computes with data that comes along
          bin/weft --help        all commands
        %s
        Nothing else is needed: no Java, no network. %s
        %s
        The licences of Java are in java/legal, those of libraries in their jars in lib.
        """
        .formatted(
            version,
            Libraries.platform(),
            tests ? "  bin/weft-tests         runs the test suites\n" : "",
            gpus(),
            nd4j ? "" : "ND4J was left out.\n");
  }

  private String gpus() {
    return compiler == null
        ? "A GPU needs NVIDIA's driver, and NVRTC, which\nweft devices --json looks for."
        : "A GPU needs %s;\n%s is in %s, under NVIDIA's licence of the CUDA toolkit."
            .formatted(compiler.needs(), compiler.title(), COMPILER);
  }
}
