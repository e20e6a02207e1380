package dev.weft.cli.output;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many characters fit into a line of the terminal: what {@code COLUMNS} says, else what the
 * system says of the window now, else 80.
 */
public final class TerminalWidth {
  private static final int FALLBACK = 80;
  private static final int SMALLEST = 10;

  /** TIOCGWINSZ, which answers with four numbers of 16 bits: rows, columns, and pixels. */
  private static final long LINUX = 0x5413;

  private static final long MAC = 0x40087468;

  private final int descriptor;
  private final int asked;
  private @Nullable MethodHandle ioctl;
  private boolean unknown;

  /**
   * The width of a terminal.
   *
   * @param descriptor of the process, which leads there
   * @param columns the value of {@code COLUMNS}, or null
   */
  public TerminalWidth(int descriptor, @Nullable String columns) {
    this.descriptor = descriptor;
    this.asked =
        columns != null && columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : 0;
  }

  /** That of standard error. */
  public static TerminalWidth ofProcess() {
    return new TerminalWidth(Integer.getInteger("weft.stderr", 2), System.getenv("COLUMNS"));
  }

  /** Characters in a line, at least {@value #SMALLEST}. */
  public int columns() {
    if (asked > 0) {
      return Math.max(SMALLEST, asked);
    }
    int columns = unknown ? 0 : window();
    unknown = columns == 0;
    return columns == 0 ? FALLBACK : Math.max(SMALLEST, columns);
  }

  private int window() {
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle call = ioctl;
      if (call == null) {
        Linker linker = Linker.nativeLinker();
        call =
            linker.downcallHandle(
                linker.defaultLookup().findOrThrow("ioctl"),
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
        ioctl = call;
      }
      MemorySegment size = arena.allocate(4 * Short.BYTES);
      boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
      int failed = (int) call.invokeExact(descriptor, mac ? MAC : LINUX, size);
      return failed == 0 ? Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1)) : 0;
    } catch (Throwable e) {
      // A Java without native access, or a system without the call: a usual width will do.
      return 0;
    }
  }
}
