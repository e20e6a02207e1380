package dev.weft.cli.job;

import dev.weft.cli.language.Evaluator;
import dev.weft.cli.options.Reading;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.io.ArrayFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files behind the names of an expression, opened when first used. */
public final class InputFiles implements Evaluator.Inputs, AutoCloseable {
  private final Session session;
  private final Reading reading;
  private final Map<String, Path> files;
  private final boolean resident;
  private final Map<String, ArraySource> opened = new LinkedHashMap<>();
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();

  /** Files by name. */
  public InputFiles(Session session, Reading reading, Map<String, Path> files) {
    this(session, reading, files, false);
  }

  /** The same; {@code resident} arrays are brought to the session's devices when first used. */
  InputFiles(Session session, Reading reading, Map<String, Path> files, boolean resident) {
    this.session = session;
    this.reading = reading;
    this.files = files;
    this.resident = resident;
  }

  @Override
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  @Override
  public NDArray open(String name) {
    Path file = files.get(name);
    if (file == null) {
      throw new IllegalStateException("no input is called " + name);
    }
    if (!ArrayFiles.exists(file)) {
      throw new UsageException("input %s: the file %s does not exist".formatted(name, file));
    }
    ArraySource source = ArrayFiles.source(file, reading.options().apply(name));
    opened.put(name, source);
    NDArray lazy = session.array(source, reading.chunks().apply(name));
    NDArray array = resident ? lazy.persist() : lazy;
    arrays.put(name, array);
    return array;
  }

  /** The inputs that were opened, such as {@code x float64 (3, 4)}. */
  List<String> described() {
    List<String> described = new ArrayList<>();
    arrays.forEach((name, array) -> described.add(description(name, array)));
    return described;
  }

  static String description(String name, NDArray array) {
    return name + " " + array.dtype() + " " + array.shape();
  }

  /** Inputs that no expression named. */
  public List<String> unused() {
    List<String> unused = new ArrayList<>(files.keySet());
    unused.removeAll(opened.keySet());
    return unused;
  }

  @Override
  public void close() {
    opened.values().forEach(ArraySource::close);
  }
}
