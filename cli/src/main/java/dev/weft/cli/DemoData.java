package dev.weft.cli;

import dev.weft.core.error.DeviceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The files of the demo, copied out of the program; a temporary copy is removed at the end. */
final class DemoData implements AutoCloseable {
  private static final List<String> NAMES =
      List.of(
          "precipitation_2016.npy",
          "latitude.npy",
          "longitude.npy",
          "demo.weft",
          "cells.csv",
          "zones.csv");

  private final Path directory;
  private final Thread removal = new Thread(this::stop, "weft-remove");

  private DemoData(Path directory) {
    this.directory = directory;
  }

  static DemoData temporary() throws IOException {
    DemoData data = new DemoData(Files.createTempDirectory("weft-demo"));
    Runtime.getRuntime().addShutdownHook(data.removal);
    copy(data.directory);
    return data;
  }

  static void copy(Path directory) {
    try {
      Files.createDirectories(directory);
      for (String name : NAMES) {
        try (InputStream resource = resource(name)) {
          Files.copy(resource, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new DeviceException("copy the data of the demo to " + directory + ": " + e, e);
    }
  }

  private static InputStream resource(String name) {
    InputStream resource = DemoData.class.getResourceAsStream("/dev/weft/demo/" + name);
    if (resource == null) {
      throw new IllegalStateException("the program lacks its file " + name);
    }
    return resource;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  String job() throws IOException {
    return Files.readString(file("demo.weft"), StandardCharsets.UTF_8);
  }

  /** The process is told to stop. */
  private void stop() {
    try {
      remove();
    } catch (IOException e) {
      // It is in the system's folder for what is temporary.
      return;
    }
  }

  private void remove() throws IOException {
    for (String name : NAMES) {
      Files.deleteIfExists(file(name));
    }
    Files.deleteIfExists(directory);
  }

  @Override
  public void close() throws IOException {
    remove();
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // It is at work.
      return;
    }
  }
}
