package dev.weft.gpu.library;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The answer to "where is this library?". */
public sealed interface Located {

  /**
   * The library is there; whether it loads shows when it is loaded.
   *
   * @param major the version asked for
   * @param target a file, or the bare name where the dynamic loader finds it by itself
   * @param companions files to load before it
   * @param place which of the places it was
   */
  record Found(CudaLibrary library, int major, String target, List<Path> companions, String place)
      implements Located {
    /** One line. */
    public String describe() {
      return "%s (%s)".formatted(target, place);
    }
  }

  /**
   * The library is nowhere.
   *
   * @param sonames the files looked for
   * @param looked every place in order, with what was found out there
   * @param remedy what to install
   */
  record Missing(List<String> sonames, List<Looked> looked, String remedy) implements Located {
    /** One line: the names of the places. */
    public String reason() {
      return "%s is not in %s"
          .formatted(
              String.join(" or ", sonames),
              looked.stream().map(Looked::place).distinct().collect(Collectors.joining(", ")));
    }

    /** One line for each place. */
    public String describe() {
      return looked.stream()
          .map(l -> l.place() + ": " + l.outcome())
          .collect(Collectors.joining(System.lineSeparator()));
    }
  }

  /** A place and what was found out there. */
  record Looked(String place, String outcome) {}
}
