package dev.weft.cli.bundle;

import dev.weft.core.error.DeviceException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jars that a bundle is made of.
 *
 * @param jars in the order of the class path
 */
record Libraries(List<Path> jars) {
  /**
   * What is on the class path for ND4J, or for making bundles, only. OpenBLAS's own library stays:
   * matrix products use it without ND4J.
   */
  private static final Pattern ND4J =
      Pattern.compile(
          "(nd4j-|(protobuf|jackson|guava)-1\\.0\\.0-M|mkl-|openblas-|javacpp-|jna-|oshi-core-"
              + "|commons-(math3|collections4|net|compress|io|codec)-|xz-|flatbuffers-java-"
              + "|threetenbp-|byteunits-|neoitertools-).*\\.jar");

  /** CUDA's own libraries, 0.4 to 2 GB, which tests put on the class path: machines have theirs. */
  private static final Pattern CUDA = Pattern.compile("cuda-(redist-|[0-9]).*\\.jar");

  /**
   * Playwright's driver for all systems, 200 MB, which tests in a browser put on the class path;
   * and DuckDB, 80 MB, which only writes Parquet.
   */
  private static final Pattern LARGE = Pattern.compile("(driver-bundle|duckdb_jdbc)-.*\\.jar");

  /** The module for S3 and the AWS SDK that it asks by, 9 MB, which most bundles do not need. */
  private static final Pattern S3 =
      Pattern.compile(
          "weft-s3-.*|reactive-streams-.*|(annotations|arns|auth|aws-core|aws-(query|xml)-protocol"
              + "|checksums(-spi)?|crt-core|endpoints-spi|eventstream"
              + "|http-auth(-aws|-aws-eventstream|-spi)?|http-client-spi|identity-spi|json-utils"
              + "|metrics-spi|profiles|protocol-core|regions|retries(-spi)?|s3|sdk-core"
              + "|third-party-jackson-core|url-connection-client|utils(-lite)?)-2\\.[0-9]+\\..*\\.jar");

  private static final Pattern OPENBLAS = Pattern.compile("openblas-.*-[a-z]+-[a-z0-9_]+\\.jar");

  /** Jars with native code name the machine they are for at their end. */
  private static final Pattern NATIVE =
      Pattern.compile(".*-((?:linux|windows|macosx|android|ios)-[a-z0-9_]+)(?:-[a-z0-9-]+)?\\.jar");

  /** JCuda's binding of a compiler of PTX, 24 MB: Weft has NVRTC make machine code at once. */
  private static final Pattern UNUSED = Pattern.compile("lib/libJNvPTXCompiler-.*");

  /** OpenBLAS's bindings for JavaCPP, 48 MB, and its headers; Weft calls the library itself. */
  private static final Pattern JAVACPP = Pattern.compile(".*/(libjniopenblas[^/]*|include/.*)");

  /** The libraries of zstd, Snappy and LZ4 for one of many kinds of machine, 12 MB in all. */
  private static final Pattern CODEC =
      Pattern.compile(
          "(?:net/jpountz/util/|org/xerial/snappy/native/)?([A-Za-z]+/[a-z0-9_-]+)"
              + "/(?:lib)?(?:zstd-jni-|lz4-java|snappyjava).*");

  /** The name of this machine in the names of such jars; only Linux has been tried. */
  static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm64";
    return (system.startsWith("mac") ? "macosx" : system.startsWith("win") ? "windows" : "linux")
        + "-"
        + processor;
  }

  /**
   * Chooses from a class path.
   *
   * @param more a jar that is not on the class path but is needed
   */
  static Libraries of(String classPath, Path more, boolean nd4j, String platform) {
    Set<Path> entries = new LinkedHashSet<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        entries.add(Path.of(entry));
      }
    }
    entries.add(more);
    List<Path> jars = new ArrayList<>();
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        throw new DeviceException(
            "bundle: %s on the class path is a folder, not a jar: run weft from its jars, as ./weft does"
                .formatted(entry));
      }
      if (isWanted(entry.getFileName().toString(), nd4j, platform)) {
        jars.add(entry);
      }
    }
    return new Libraries(jars);
  }

  static boolean isWanted(String name, boolean nd4j, String platform) {
    Matcher forMachine = NATIVE.matcher(name);
    boolean foreign = forMachine.matches() && !forMachine.group(1).equals(platform);
    if (foreign
        || CUDA.matcher(name).matches()
        || LARGE.matcher(name).matches()
        || S3.matcher(name).matches()) {
      return false;
    }
    return nd4j || !ND4J.matcher(name).matches() || OPENBLAS.matcher(name).matches();
  }

  /** What the libraries of codecs call this machine. */
  private static Set<String> names() {
    return switch (platform()) {
      case "linux-arm64" -> Set.of("linux/aarch64");
      case "macosx-x86_64" -> Set.of("darwin/x86_64", "mac/x86_64");
      case "macosx-arm64" -> Set.of("darwin/aarch64", "mac/aarch64");
      case "windows-x86_64" -> Set.of("win/amd64", "windows/amd64", "windows/x86_64");
      case "windows-arm64" -> Set.of("win/aarch64", "windows/aarch64");
      default -> Set.of("linux/amd64", "linux/x86_64");
    };
  }

  /** Whether anything uses an entry of the jars on this machine. */
  static boolean isUsed(String entry, boolean nd4j) {
    Matcher codec = CODEC.matcher(entry);
    boolean foreign = codec.matches() && !names().contains(codec.group(1).toLowerCase(Locale.ROOT));
    return !foreign
        && !UNUSED.matcher(entry).matches()
        && (nd4j || !JAVACPP.matcher(entry).matches());
  }
}
