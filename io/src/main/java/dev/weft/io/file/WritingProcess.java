package dev.weft.io.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Marks in names of temporary files that say which process writes them: the running system (its
 * boot and the namespace of process numbers), the process's number and when it began, all in base
 * 36, then random digits. Whether a process of another system, such as another machine that shares
 * the folder, is gone cannot be told. Where /proc is missing, marks are just random.
 */
final class WritingProcess {
  private static final int RADIX = 36;
  private static final int SYSTEM_DIGITS = 7;
  private static final int NUMBER_DIGITS = 6;
  private static final int BEGIN_DIGITS = 9;
  private static final int RANDOM_DIGITS = 5;
  private static final int DIGITS = SYSTEM_DIGITS + NUMBER_DIGITS + BEGIN_DIGITS + RANDOM_DIGITS;

  /** Index in /proc/PID/stat, counted from the state, of the time at which the process began. */
  private static final int BEGIN = 19;

  private static final String SYSTEM = system();
  private static final String OWN = own();

  private WritingProcess() {}

  /** A new mark of this process. */
  static String mark() {
    return OWN + digits(ThreadLocalRandom.current().nextLong(), RANDOM_DIGITS);
  }

  /** Whether the process of a mark has surely ended. */
  static boolean isGone(String mark) {
    if (SYSTEM.isEmpty() || mark.length() != DIGITS || !mark.startsWith(SYSTEM)) {
      return false;
    }
    try {
      int number = SYSTEM_DIGITS + NUMBER_DIGITS;
      String[] state = state(Long.parseLong(mark.substring(SYSTEM_DIGITS, number), RADIX));
      return state == null
          || state[0].equals("Z")
          || !begin(state).equals(mark.substring(number, number + BEGIN_DIGITS));
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }

  private static String own() {
    long number = ProcessHandle.current().pid();
    try {
      String[] state = SYSTEM.isEmpty() ? null : state(number);
      return state == null ? "" : SYSTEM + digits(number, NUMBER_DIGITS) + begin(state);
    } catch (IOException e) {
      return "";
    }
  }

  /** This boot of this machine, and what process numbers mean in it; empty where unknown. */
  private static String system() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      String numbers = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      UUID hash = UUID.nameUUIDFromBytes((boot + numbers).getBytes(StandardCharsets.UTF_8));
      return digits(hash.getLeastSignificantBits(), SYSTEM_DIGITS);
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  /** What /proc tells of a process, from its state on; null when there is none of this number. */
  private static String @Nullable [] state(long number) throws IOException {
    Path file = Path.of("/proc", Long.toString(number), "stat");
    if (Files.notExists(file)) {
      return null;
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    // The program's name before it stands in parentheses, and may hold any character.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
    if (fields.length <= BEGIN) {
      throw new IOException(file + " is not as expected");
    }
    return fields;
  }

  private static String begin(String[] state) {
    return digits(Long.parseLong(state[BEGIN]), BEGIN_DIGITS);
  }

  /** The last digits of a number. */
  private static String digits(long number, int count) {
    String text = Long.toUnsignedString(number, RADIX);
    return "0".repeat(Math.max(0, count - text.length()))
        + text.substring(Math.max(0, text.length() - count));
  }
}
