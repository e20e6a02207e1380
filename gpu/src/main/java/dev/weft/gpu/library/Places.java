package dev.weft.gpu.library;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folders of a machine in which NVIDIA's libraries are found, by way of installing them. */
final class Places {
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Where a toolkit keeps its libraries, below its folder. */
  private static final List<String> TOOLKIT = List.of("lib64", "lib", "targets/x86_64-linux/lib");

  private final CudaSettings settings;

  Places(CudaSettings settings) {
    this.settings = settings;
  }

  /** Everything to look into before the dynamic loader is asked. */
  List<SearchPath> named() {
    List<SearchPath> places = new ArrayList<>();
    places.add(new SearchPath("the setting " + CudaSettings.PROPERTY, settings.libraries()));
    for (String variable : List.of("CUDA_PATH", "CUDA_HOME")) {
      places.add(new SearchPath(variable, toolkits(settings.folders(variable))));
    }
    places.add(new SearchPath("LD_LIBRARY_PATH", settings.folders("LD_LIBRARY_PATH")));
    return places;
  }

  /** Everything to look into after the dynamic loader has been asked. */
  List<SearchPath> usual(CudaLibrary library, int major) {
    return List.of(
        new SearchPath("toolkit folders", toolkitFolders()),
        new SearchPath("Python's wheels", wheels(library, major)));
  }

  private List<Path> toolkitFolders() {
    List<Path> roots = new ArrayList<>();
    roots.add(at("usr/local/cuda"));
    roots.addAll(children(at("usr/local"), "cuda-*"));
    roots.add(at("opt/cuda"));
    roots.addAll(children(at("opt"), "cuda-*"));
    for (Path release : children(at("opt/nvidia/hpc_sdk/Linux_x86_64"), "*")) {
      roots.add(release.resolve("cuda"));
      roots.add(release.resolve("math_libs"));
    }
    List<Path> folders = new ArrayList<>(toolkits(roots));
    settings.folders("CONDA_PREFIX").forEach(prefix -> folders.add(prefix.resolve("lib")));
    folders.add(at("usr/lib/x86_64-linux-gnu"));
    folders.add(at("usr/lib64"));
    return folders;
  }

  /** The folders with libraries of toolkits that lie in these. */
  static List<Path> toolkits(List<Path> roots) {
    return roots.stream().flatMap(root -> TOOLKIT.stream().map(root::resolve)).toList();
  }

  private List<Path> wheels(CudaLibrary library, int major) {
    List<Path> packages = new ArrayList<>(settings.folders("PYTHONPATH"));
    List<Path> prefixes = new ArrayList<>(settings.folders("VIRTUAL_ENV"));
    prefixes.addAll(settings.folders("CONDA_PREFIX"));
    prefixes.add(settings.home().resolve(".local"));
    prefixes.add(at("usr/local"));
    prefixes.add(at("usr"));
    for (Path prefix : prefixes) {
      for (Path python : children(prefix.resolve("lib"), "python3*")) {
        packages.add(python.resolve("site-packages"));
        packages.add(python.resolve("dist-packages"));
      }
    }
    List<Path> folders = new ArrayList<>();
    for (Path folder : packages) {
      folders.add(folder.resolve("nvidia/" + library.wheelFolder() + "/lib"));
      // From CUDA 13 on, all wheels share one folder.
      folders.add(folder.resolve("nvidia/cu" + major + "/lib"));
    }
    return folders;
  }

  private Path at(String path) {
    return settings.root().resolve(path);
  }

  /** Folders whose name matches, the highest version first; none where nothing can be listed. */
  private static List<Path> children(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(found::add);
    } catch (IOException | DirectoryIteratorException unreadable) {
      // The folder is not there or not ours to read: nothing can be found in it.
      return List.of();
    }
    found.sort(Comparator.comparing(Places::version).reversed());
    return found;
  }

  /** The numbers in a name, as text of fixed width that sorts like them. */
  private static String version(Path path) {
    StringBuilder text = new StringBuilder();
    Matcher numbers = NUMBER.matcher(path.getFileName().toString());
    while (numbers.find()) {
      text.append("%8s.".formatted(numbers.group()));
    }
    return text.append(path.getFileName()).toString();
  }
}
