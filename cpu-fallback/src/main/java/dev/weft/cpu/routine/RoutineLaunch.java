package dev.weft.cpu.routine;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.Device;
import dev.weft.core.device.Operand;
import dev.weft.core.dtype.DType;
import dev.weft.cpu.blas.Gemm;
import dev.weft.cpu.run.Launch;
import dev.weft.cpu.run.Scratch;
import dev.weft.cpu.run.Workers;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A launch of a library routine, cut into parts that do not touch each other's results. */
public final class RoutineLaunch extends Launch {
  private static final long serialVersionUID = 1L;

  /** A routine at work: {@code units} independent parts. */
  interface Routine {
    /** Number of parts. */
    long units();

    /** Does the parts [from, to). */
    void run(long from, long to, Scratch scratch);
  }

  private final transient Arguments arguments;
  private final transient Routine routine;

  private RoutineLaunch(
      Workers workers, Arguments arguments, Routine routine, Device.Completion completion) {
    super(workers, pieces(arguments, routine.units()), completion);
    this.arguments = arguments;
    this.routine = routine;
  }

  /**
   * The launch of {@code code} with {@code arguments}.
   *
   * @return null when there is nothing to compute
   */
  public static @Nullable Launch of(
      Workers workers, LibraryCode code, Arguments arguments, Device.Completion completion) {
    Routine routine =
        switch (code.kernel().routine()) {
          case MATMUL -> product(code, arguments, workers.threads());
          case GATHER -> new GatherRoutine(code.kernel().dtype().itemSize(), arguments);
          case CUMSUM -> new ScanRoutine(code.kernel().dtype(), false, arguments);
          case CUMPROD -> new ScanRoutine(code.kernel().dtype(), true, arguments);
        };
    return routine.units() == 0 ? null : new RoutineLaunch(workers, arguments, routine, completion);
  }

  private static Routine product(LibraryCode code, Arguments arguments, int threads) {
    DType dtype = code.kernel().dtype();
    // BLAS counts with int; only the inner axis may be longer.
    boolean countable = Arrays.stream(arguments.extents()).allMatch(n -> n <= Integer.MAX_VALUE);
    boolean fitting = dtype.isFloating() && arguments.size() > 0 && countable;
    Gemm gemm = fitting ? code.products().get() : null;
    return gemm == null
        ? new WideProduct(dtype, arguments)
        : new BlasProduct(gemm, dtype, arguments, threads);
  }

  private static int pieces(Arguments arguments, long units) {
    long size = arguments.size();
    if (size <= ONE_PIECE) {
      return 1;
    }
    return (int) Math.min(Math.max(units, 1), size / PIECE);
  }

  /** Address of the first element of an operand. */
  static long address(Operand operand) {
    return Objects.requireNonNull(operand.memory()).address() + operand.base();
  }

  @Override
  protected void piece(int number, Scratch scratch) {
    long units = routine.units();
    long from = units / pieces() * number + Math.min(number, units % pieces());
    long count = units / pieces() + (number < units % pieces() ? 1 : 0);
    routine.run(from, from + count, scratch);
    Reference.reachabilityFence(arguments);
  }
}
