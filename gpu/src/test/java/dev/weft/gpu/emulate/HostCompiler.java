package dev.weft.gpu.emulate;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The machine's C++ compiler; shared objects are kept by the text they were made of. */
final class HostCompiler {
  /** As on a GPU with {@code --fmad=false}: every operation is rounded by itself. */
  private static final List<String> OPTIONS =
      List.of(
          "-std=c++17",
          "-w",
          "-fPIC",
          "-shared",
          "-ffp-contract=off",
          "-fno-fast-math",
          "-fno-strict-aliasing",
          "-U_FORTIFY_SOURCE");

  private final Path compiler;
  private final Path folder;

  private HostCompiler(Path compiler, Path folder) {
    this.compiler = compiler;
    this.folder = folder;
  }

  /** The compiler on the path, if there is one. */
  static Optional<HostCompiler> find() {
    String path = System.getenv("PATH");
    for (String name : List.of("g++", "c++", "clang++")) {
      for (String entry : path == null ? new String[0] : path.split(File.pathSeparator)) {
        Path file = Path.of(entry, name);
        if (Files.isExecutable(file)) {
          return Optional.of(new HostCompiler(file, Path.of("target", "emulated")));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The shared object of a text; compiled now unless it was before.
   *
   * @param quick whether it is to be compiled quickly rather than to run so
   */
  Path compile(String text, boolean quick) throws IOException, InterruptedException {
    String level = quick ? "-O0" : "-O1";
    String key = key(level + text);
    Path made = folder.resolve(key + ".so");
    if (Files.exists(made)) {
      return made;
    }
    Files.createDirectories(folder);
    Path source = Files.writeString(folder.resolve(key + ".cpp"), text);
    Path fresh = Files.createTempFile(folder, key, ".so");
    List<String> command = new ArrayList<>(List.of(compiler.toString()));
    command.add(level);
    command.addAll(OPTIONS);
    command.addAll(List.of("-o", fresh.toString(), source.toString(), "-lm"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("%s refused %s:%n%s".formatted(compiler, source, messages));
    }
    return Files.move(fresh, made, StandardCopyOption.ATOMIC_MOVE);
  }

  private String key(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((compiler + String.join(" ", OPTIONS) + text).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
