package dev.weft.cli.bundle;

import dev.weft.core.error.DeviceException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The compiled tests of the checkout that Weft runs from, with what they need.
 *
 * <pre>
 * tests/lib/*.jar          JUnit, AssertJ, testkit
 * tests/MODULE/classes     test classes and resources, as folders: some tests open resources as files
 * tests/MODULE/classpath   what else the module's tests see, no more: some ask which devices there are
 * bench/gpu                what checks and measures a GPU, with what it takes of bench/peers
 * </pre>
 */
final class TestSuites {
  /** Written by the build (see the root pom): the class path of a module's tests. */
  private static final String CLASS_PATH = "weft.tests";

  private final Path root;
  private final Libraries libraries;
  private final boolean nd4j;

  private TestSuites(Path root, Libraries libraries, boolean nd4j) {
    this.root = root;
    this.libraries = libraries;
    this.nd4j = nd4j;
  }

  /**
   * Copies the tests of all modules that these jars come from, and of those that their tests use.
   *
   * @param root the bundle's folder
   */
  static void copy(Path root, Libraries libraries, boolean nd4j) throws IOException {
    new TestSuites(root, libraries, nd4j).copy();
  }

  /**
   * The modules' {@code target} folders.
   *
   * @throws DeviceException where there are none: the tests are not part of the jars
   */
  static Set<Path> targets(Libraries libraries) throws IOException {
    Set<Path> targets = new LinkedHashSet<>();
    ArrayDeque<Path> jars = new ArrayDeque<>(libraries.jars());
    while (!jars.isEmpty()) {
      Path jar = jars.remove().toAbsolutePath();
      Path target = jar.getParent();
      if (target != null
          && Libraries.isWanted(jar.getFileName().toString(), true, Libraries.platform())
          && Files.isDirectory(target.resolve("test-classes"))
          && Files.isRegularFile(target.resolve(CLASS_PATH))
          && targets.add(target)) {
        jars.addAll(classPath(target));
      }
    }
    if (targets.isEmpty()) {
      throw new DeviceException(
          "bundle --with-tests: the tests are not beside the jars that weft runs from. Use the weft of a checkout: ./mvnw -Dfast -DskipTests package, then ./weft bundle --with-tests");
    }
    return targets;
  }

  private static List<Path> classPath(Path target) throws IOException {
    List<Path> entries = new ArrayList<>();
    for (String entry :
        Files.readString(target.resolve(CLASS_PATH)).strip().split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(Path.of(entry));
      }
    }
    return entries;
  }

  private void copy() throws IOException {
    Files.createDirectories(root.resolve("tests/lib"));
    for (Path target : targets(libraries)) {
      Path module = target.resolveSibling("").toAbsolutePath();
      Path folder = root.resolve("tests").resolve(module.getFileName());
      copyFolder(target.resolve("test-classes"), folder.resolve("classes"));
      // Accepted texts are looked for where they lie in the sources.
      Files.createDirectories(folder.resolve("src/test"));
      Files.createSymbolicLink(folder.resolve("src/test/resources"), Path.of("../../classes"));
      // And C sources, which tests compile where there is a compiler.
      Path sources = module.resolve("src/test/c");
      if (Files.isDirectory(sources)) {
        copyFolder(sources, folder.resolve("src/test/c"));
      }
      List<String> entries = new ArrayList<>();
      entries.add(place(jar(target)));
      for (Path entry : classPath(target)) {
        if (Libraries.isWanted(entry.getFileName().toString(), nd4j, Libraries.platform())) {
          entries.add(place(entry));
        }
      }
      Files.write(folder.resolve("classpath"), entries);
      Path page = module.resolveSibling("docs/ops.md");
      if (Files.isRegularFile(page)) {
        Files.createDirectories(root.resolve("tests/docs"));
        Path copy = root.resolve("tests/docs/ops.md");
        Files.deleteIfExists(copy);
        Files.copy(page, copy);
      }
    }
    for (Path target : targets(libraries)) {
      Path checkout = target.resolveSibling("").toAbsolutePath().resolveSibling("");
      copyGpuTools(checkout.resolve("bench"));
    }
    if (!nd4j) {
      Files.createFile(root.resolve("tests/without-nd4j"));
    }
  }

  /**
   * Scripts that work from a bundle as they do from the checkout, since they lie at the same place.
   */
  private void copyGpuTools(Path bench) throws IOException {
    for (String folder : List.of("gpu", "peers/weft_peers")) {
      Path copy = root.resolve("bench").resolve(folder);
      if (Files.isDirectory(bench.resolve(folder)) && !Files.exists(copy)) {
        Files.createDirectories(copy.getParent());
        copyFolder(bench.resolve(folder), copy);
      }
    }
  }

  private static Path jar(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().matches("weft-.*\\.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new DeviceException(
                      "bundle --with-tests: %s holds no weft-*.jar. Run ./mvnw -Dfast -DskipTests package"
                          .formatted(target)));
    }
  }

  /** Where a jar lies in the bundle, relative to its root; copied where it is not there yet. */
  private String place(Path jar) throws IOException {
    String name = jar.getFileName().toString();
    if (Files.exists(root.resolve("lib").resolve(name))) {
      return "lib/" + name;
    }
    Path copy = root.resolve("tests/lib").resolve(name);
    if (!Files.exists(copy)) {
      StoredJar.copy(jar, copy, entry -> true);
    }
    return "tests/lib/" + name;
  }

  private static void copyFolder(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path path : walk.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
  }
}
