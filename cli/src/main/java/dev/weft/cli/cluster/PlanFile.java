package dev.weft.cli.cluster;

import dev.weft.cli.output.Json;
import dev.weft.cli.output.JsonReader;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A job as a file: all that a process needs to plan it exactly as the one that wrote the file. It
 * is data, and names no classes. Paths are absolute.
 *
 * @param facts what must be the same in every process: versions, the state of the inputs, and the
 *     fingerprint of the plan
 * @param name of the job's own file; empty for an expression
 * @param job the text of the job
 * @param inputs name to file
 * @param options words that say how inputs are read and results written
 * @param chunkBytes size of automatic chunks
 * @param memory bytes that the plan counts on in each process
 * @param slices in how many slices the job is cut
 * @param folder where chunks pass from slice to slice
 */
public record PlanFile(
    Map<String, String> facts,
    String name,
    String job,
    Map<String, String> inputs,
    List<String> options,
    long chunkBytes,
    long memory,
    int slices,
    String folder) {
  /** The format of plans; another one is refused. */
  private static final String FORMAT = "weft plan 1";

  /** A password in an address, as in https://user:secret@host/. */
  private static final Pattern PASSWORD =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/+[^/\\s@]*:[^/\\s@]*@");

  /** Copies the lists, and refuses passwords. */
  public PlanFile {
    facts = new TreeMap<>(facts);
    inputs = new LinkedHashMap<>(inputs);
    options = List.copyOf(options);
    requireNoPassword("the job", job);
    inputs.forEach((input, file) -> requireNoPassword("the input " + input, file));
    options.forEach(word -> requireNoPassword("an option", word));
    requireNoPassword("the folder", folder);
    if (slices < 1) {
      throw new UsageException("a plan has %d slices; it needs 1 or more".formatted(slices));
    }
  }

  private static void requireNoPassword(String what, String text) {
    if (PASSWORD.matcher(text).find()) {
      throw new UsageException(
          "%s has an address with a password, which everybody could read who sees the plan. Leave it away, and give each process its credentials by its environment"
              .formatted(what));
    }
  }

  /** The same plan with another fact. */
  public PlanFile with(String fact, String value) {
    Map<String, String> more = new TreeMap<>(facts);
    more.put(fact, value);
    return new PlanFile(more, name, job, inputs, options, chunkBytes, memory, slices, folder);
  }

  /** The plan as JSON. */
  public String json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("facts", facts);
    map.put("name", name);
    map.put("job", job);
    map.put("inputs", inputs);
    map.put("options", options);
    map.put("chunkBytes", chunkBytes);
    map.put("memory", memory);
    map.put("slices", slices);
    map.put("folder", folder);
    return Json.text(map);
  }

  /** Writes the plan. */
  public void write(Path file) {
    try {
      Files.writeString(file, json() + "\n");
    } catch (IOException e) {
      throw new DeviceException(
          "write %s: %s. Check the folder and the disk".formatted(file, e), e);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws UsageException when the file is none
   */
  public static PlanFile read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UsageException(
          "read %s: %s. Write a plan by: weft plan JOB --to RESULT -o %s".formatted(file, e, file),
          e);
    }
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "read %s: this is no plan: %s. Write one by: weft plan JOB --to RESULT -o %s"
              .formatted(file, e.getMessage(), file),
          e);
    }
  }

  /**
   * The plan of a text.
   *
   * @throws IllegalArgumentException when it is none; says why
   */
  public static PlanFile parse(String text) {
    Fields fields = new Fields(JsonReader.read(text));
    String format = fields.text("format");
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "its format is '%s', and '%s' is read here".formatted(format, FORMAT));
    }
    return new PlanFile(
        fields.texts("facts"),
        fields.text("name"),
        fields.text("job"),
        fields.texts("inputs"),
        fields.list("options"),
        fields.number("chunkBytes"),
        fields.number("memory"),
        Math.toIntExact(fields.number("slices")),
        fields.text("folder"));
  }

  /** What JSON has, with errors that name it. */
  private record Fields(@Nullable Object json) {
    private @Nullable Object get(String name) {
      if (json instanceof Map<?, ?> map && map.containsKey(name)) {
        return map.get(name);
      }
      throw new IllegalArgumentException("it has no '" + name + "'");
    }

    String text(String name) {
      return text(name, get(name));
    }

    private static String text(String name, @Nullable Object value) {
      if (value instanceof String text) {
        return text;
      }
      throw new IllegalArgumentException("'%s' is %s, and no text".formatted(name, value));
    }

    long number(String name) {
      if (get(name) instanceof Double number && number == Math.rint(number)) {
        return number.longValue();
      }
      throw new IllegalArgumentException(
          "'%s' is %s, and no whole number".formatted(name, get(name)));
    }

    Map<String, String> texts(String name) {
      if (!(get(name) instanceof Map<?, ?> map)) {
        throw new IllegalArgumentException("'%s' is no map".formatted(name));
      }
      Map<String, String> texts = new LinkedHashMap<>();
      map.forEach((key, value) -> texts.put(String.valueOf(key), text(name, value)));
      return texts;
    }

    List<String> list(String name) {
      if (!(get(name) instanceof List<?> list)) {
        throw new IllegalArgumentException("'%s' is no list".formatted(name));
      }
      return list.stream().map(value -> text(name, value)).toList();
    }
  }
}
