package dev.weft.bench.habits;

import static java.util.Map.entry;

import dev.weft.bench.habits.JavaSource.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may use whom: the order of modules, of the packages of core, and the homes of foreign
 * libraries.
 */
final class Order {
  private static final String CORE = "dev.weft.core";
  private static final String ROOT = "";

  /**
   * The packages of core, each of which may use only those before it; the root package comes last.
   */
  static final List<String> CORE_PACKAGES =
      List.of(
          "error",
          "picture",
          "dtype",
          "shape",
          "text",
          "op",
          "kernel",
          "device",
          "spill",
          "place",
          "schedule",
          "expr",
          "fourier",
          "routine",
          "linalg",
          "file",
          "optimize",
          "fuse",
          "plan",
          "diagram",
          "event",
          "watch",
          "memory",
          "launch",
          "slice",
          "execute",
          "reference",
          "task",
          "bag",
          ROOT);

  /** Module to the Java package it owns, and to the modules whose types it may name. */
  private record Module(String owns, Set<String> uses) {}

  private static final Map<String, Module> MODULES =
      Map.ofEntries(
          entry("core", new Module(CORE, Set.of())),
          entry("kernels", new Module("dev.weft.kernels", Set.of("core"))),
          entry("cpu-fallback", new Module("dev.weft.cpu", Set.of("core", "kernels"))),
          entry("gpu", new Module("dev.weft.gpu", Set.of("core", "kernels"))),
          entry("io", new Module("dev.weft.io", Set.of("core"))),
          entry("table", new Module("dev.weft.table", Set.of("core", "io"))),
          entry("s3", new Module("dev.weft.s3", Set.of("core", "io", "table"))),
          entry("testkit", new Module("dev.weft.testkit", Set.of("core"))),
          entry("timeline", new Module("dev.weft.timeline", Set.of("core"))),
          entry("profile", new Module("dev.weft.profile", Set.of("core", "timeline"))),
          entry("pictures", new Module("dev.weft.pictures", Set.of("core", "timeline"))),
          entry("dashboard", new Module("dev.weft.dashboard", Set.of("core"))),
          entry(
              "cli",
              new Module(
                  "dev.weft.cli", Set.of("core", "kernels", "io", "table", "timeline", "profile"))),
          entry("spark", new Module("dev.weft.spark", Set.of("core", "io", "cli"))),
          entry(
              "bench",
              new Module(
                  "dev.weft.bench",
                  Set.of(
                      "core",
                      "kernels",
                      "cpu-fallback",
                      "io",
                      "table",
                      "timeline",
                      "profile",
                      "cli",
                      "testkit"))));

  private Order() {}

  /** Packages of core use only packages before them. */
  static List<String> corePackages(JavaSource source) {
    List<String> findings = new ArrayList<>();
    if (!source.module().equals("core") || !source.isMain()) {
      return findings;
    }
    String own = corePackage(source.packageName());
    int rank = CORE_PACKAGES.indexOf(own);
    if (rank < 0) {
      findings.add(
          source.finding(
              "package %s has no place in the order of core's packages %s."
                  .formatted(source.packageName(), CORE_PACKAGES),
              "Put the class into one of them, or give the package a place in Order.CORE_PACKAGES."));
      return findings;
    }
    for (Name name : source.names()) {
      if (name.isWithin(CORE)) {
        String used = corePackage(name.text());
        if (CORE_PACKAGES.indexOf(used) > rank) {
          findings.add(
              source.finding(
                  name.tree(),
                  "core's package '%s' uses '%s', which comes after it (%s)."
                      .formatted(display(own), display(used), name.text()),
                  "Move the code to the later package, or the type it needs to an earlier one."));
        }
      }
    }
    return findings;
  }

  private static String display(String corePackage) {
    return corePackage.equals(ROOT) ? "the root" : corePackage;
  }

  /**
   * The first segment after dev.weft.core of a package or a name: empty where a type of the root is
   * named.
   */
  private static String corePackage(String name) {
    if (name.equals(CORE)) {
      return ROOT;
    }
    String rest = name.substring(CORE.length() + 1);
    int dot = rest.indexOf('.');
    String first = dot < 0 ? rest : rest.substring(0, dot);
    return first.equals("*") || Character.isUpperCase(first.charAt(0)) ? ROOT : first;
  }

  /** Modules name types of the modules below them only; tests may also use testkit. */
  static List<String> modules(JavaSource source) {
    Module module = MODULES.get(source.module());
    if (module == null) {
      return List.of(
          source.finding(
              "module %s has no place in the order of modules.".formatted(source.module()),
              "Say in Order.MODULES which package it owns and which modules it may use."));
    }
    Set<String> allowed = new HashSet<>(module.uses());
    allowed.add(source.module());
    if (!source.isMain()) {
      allowed.add("testkit");
    }
    List<String> findings = new ArrayList<>();
    for (Name name : source.names()) {
      for (var other : MODULES.entrySet()) {
        if (name.isWithin(other.getValue().owns()) && !allowed.contains(other.getKey())) {
          findings.add(
              source.finding(
                  name.tree(),
                  "module %s names %s of module %s; it may use %s."
                      .formatted(source.module(), name.text(), other.getKey(), module.uses()),
                  "Go through an interface of core; devices are found by ServiceLoader."));
        }
      }
    }
    if (!source.packageName().equals(module.owns())
        && !source.packageName().startsWith(module.owns() + ".")) {
      findings.add(
          source.finding(
              "package '%s' in module %s.".formatted(source.packageName(), source.module()),
              "Packages of this module begin with %s.".formatted(module.owns())));
    }
    return findings;
  }

  /** A foreign library, and where alone it may be named. */
  private record Foreign(String library, Set<String> packages) {}

  private static final List<Foreign> FOREIGN =
      List.of(
          // Sources of kernels are compiled without the module; only its tests can name it.
          new Foreign(
              "jdk.incubator.vector", Set.of("dev.weft.cpu", "dev.weft.bench", "dev.weft.kernels")),
          new Foreign(
              "org.nd4j", Set.of("dev.weft.cpu.nd4j", "dev.weft.cpu.blas", "dev.weft.bench")),
          new Foreign(
              "org.bytedeco", Set.of("dev.weft.cpu.nd4j", "dev.weft.cpu.blas", "dev.weft.bench")),
          new Foreign("org.eclipse", Set.of("dev.weft.pictures")),
          new Foreign("java.awt", Set.of("dev.weft.pictures", "dev.weft.io.image")),
          new Foreign("javax.imageio", Set.of("dev.weft.pictures", "dev.weft.io.image")),
          new Foreign("jcuda", Set.of("dev.weft.gpu.driver")),
          new Foreign("com.microsoft.playwright", Set.of("dev.weft.dashboard")),
          new Foreign("org.apache.commons", Set.of("dev.weft.cli.bundle", "dev.weft.bench.peers")),
          new Foreign("org.ejml", Set.of("dev.weft.bench.peers")),
          new Foreign("org.ojalgo", Set.of("dev.weft.bench.peers")),
          new Foreign("org.tukaani", Set.of("dev.weft.cli.bundle")),
          new Foreign(
              "tools.jackson",
              Set.of(
                  "dev.weft.profile",
                  "dev.weft.dashboard",
                  "dev.weft.io.zarr.metadata",
                  "dev.weft.table.json")),
          new Foreign("com.github.luben", Set.of("dev.weft.io.zarr.codec", "dev.weft.table.text")),
          new Foreign("net.jpountz", Set.of("dev.weft.io.zarr.codec")),
          new Foreign("com.scalableminds", Set.of("dev.weft.io.zarr.codec")),
          new Foreign("io.jhdf", Set.of("dev.weft.io.hdf5")),
          new Foreign("de.siegmar.fastcsv", Set.of("dev.weft.io.csv", "dev.weft.table.csv")),
          new Foreign("dev.hardwood", Set.of("dev.weft.io.parquet", "dev.weft.table.parquet")),
          new Foreign("org.duckdb", Set.of("dev.weft.table.duckdb")),
          new Foreign("software.amazon.awssdk", Set.of("dev.weft.s3")),
          new Foreign("org.apache.spark", Set.of("dev.weft.spark")),
          new Foreign("scala", Set.of("dev.weft.spark")),
          new Foreign("picocli", Set.of("dev.weft.cli", "dev.weft.bench")));

  /** Libraries that may change or vanish are named in one place each. */
  static List<String> libraries(JavaSource source) {
    List<String> findings = new ArrayList<>();
    for (Name name : source.names()) {
      for (Foreign foreign : FOREIGN) {
        if (name.isWithin(foreign.library()) && !isIn(source.packageName(), foreign.packages())) {
          findings.add(
              source.finding(
                  name.tree(),
                  "%s is named in package %s.".formatted(foreign.library(), source.packageName()),
                  "It belongs to %s alone: call it through a type of theirs."
                      .formatted(foreign.packages())));
        }
      }
    }
    return findings;
  }

  private static boolean isIn(String packageName, Set<String> homes) {
    return homes.stream().anyMatch(h -> packageName.equals(h) || packageName.startsWith(h + "."));
  }
}
