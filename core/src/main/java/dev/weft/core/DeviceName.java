package dev.weft.core;

import dev.weft.core.error.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * A device as settings name it.
 *
 * <pre>
 * auto        whatever can be used and is preferred
 * cpu         the cores of this machine
 * cpu:2       the same with two threads
 * cpu-scalar  the same without vectors; also cpu-scalar:2
 * cuda        the first CUDA device
 * cuda:1      the second one
 * cpu+cuda    both together
 * </pre>
 *
 * @param text as it was written
 * @param kind name of the device's provider, or {@code auto}
 * @param number what stands after the colon: threads of a CPU, which one of several others; -1
 *     where nothing does
 * @param vectors whether vectors may be used, as far as the name says
 */
public record DeviceName(String text, String kind, int number, boolean vectors) {
  /** The name for whatever can be used. */
  public static final String AUTO = "auto";

  private static final String CPU = "cpu";
  private static final String SCALAR = "-scalar";

  /**
   * The devices of a name such as {@code cpu+cuda:1}, in the order written.
   *
   * @throws UsageException when it is not of this form, or a device is named twice
   */
  public static List<DeviceName> parse(String text) {
    List<DeviceName> names = new ArrayList<>();
    for (String part : text.split("\\+", -1)) {
      DeviceName name = one(part.strip(), text);
      if (names.stream().anyMatch(other -> other.kind.equals(name.kind) && clash(name, other))) {
        throw new UsageException("device '%s' names %s twice".formatted(text, name.kind));
      }
      names.add(name);
    }
    if (names.size() > 1 && names.stream().anyMatch(name -> name.kind.equals(AUTO))) {
      throw new UsageException(
          "device '%s': auto stands alone; name the devices that are meant".formatted(text));
    }
    return names;
  }

  /**
   * The one device that a text names, as devices call themselves: {@code cpu} however many threads
   * it has, {@code cuda} for the first one in use, {@code cuda:1}.
   *
   * @throws UsageException when the text names none or several
   */
  static String single(String text) {
    List<DeviceName> names = parse(text);
    DeviceName name = names.getFirst();
    if (names.size() > 1 || name.kind.equals(AUTO)) {
      throw new UsageException(
          "an array cannot be asked for on '%s': name one device, such as cpu, cuda or cuda:1"
              .formatted(text));
    }
    return name.kind.equals(CPU) || name.number < 0 ? name.kind : name.kind + ":" + name.number;
  }

  /** Two of a kind are different devices only where the number says which one is meant. */
  private static boolean clash(DeviceName a, DeviceName b) {
    return a.kind.equals(CPU) || Math.max(a.number, 0) == Math.max(b.number, 0);
  }

  private static DeviceName one(String part, String whole) {
    int colon = part.indexOf(':');
    String name = colon < 0 ? part : part.substring(0, colon);
    if (name.isEmpty()) {
      throw new UsageException(
          "device '%s' names no device%s; write auto, cpu, cpu:2, cpu-scalar, cuda, cuda:1 or cpu+cuda"
              .formatted(whole, part.equals(whole) ? "" : " on one side of a +"));
    }
    boolean scalar = name.equals(CPU + SCALAR);
    String kind = scalar ? CPU : name;
    int number = colon < 0 ? -1 : number(kind, part, part.substring(colon + 1));
    return new DeviceName(part, kind, number, !scalar);
  }

  private static int number(String kind, String part, String digits) {
    if (kind.equals(AUTO)) {
      throw new UsageException("device '%s': auto takes no number".formatted(part));
    }
    int least = kind.equals(CPU) ? 1 : 0;
    // Nine digits fit an int.
    if (digits.matches("[0-9]{1,9}") && Integer.parseInt(digits) >= least) {
      return Integer.parseInt(digits);
    }
    throw new UsageException(
        kind.equals(CPU)
            ? "device '%s': after the colon stands how many threads it uses, at least 1, as in cpu:2"
                .formatted(part)
            : "device '%s': after the colon stands which one of several, counted from 0, as in %s:1"
                .formatted(part, kind));
  }

  /** The settings of a session on this device. */
  SessionConfig applyTo(SessionConfig config) {
    SessionConfig changed = vectors ? config : config.withVectors(false);
    return kind.equals(CPU) && number > 0 ? changed.withThreads(number) : changed;
  }

  /** Which one of several devices of the kind is meant. */
  public int ordinal() {
    return kind.equals(CPU) ? 0 : Math.max(number, 0);
  }
}
