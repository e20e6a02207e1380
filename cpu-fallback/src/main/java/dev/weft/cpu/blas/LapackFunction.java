package dev.weft.cpu.blas;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.InternalException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** One routine of LAPACK in all element types, by its C interface, which takes numbers by value. */
final class LapackFunction {
  private static final int BY_COLUMNS = 102;
  private static final Map<DType, String> REAL = Map.of(DType.FLOAT32, "s", DType.FLOAT64, "d");
  private static final Map<DType, String> COMPLEX =
      Map.of(DType.COMPLEX64, "c", DType.COMPLEX128, "z");

  private final OpenBlas library;
  private final String name;
  private final Map<DType, MethodHandle> handles = new EnumMap<>(DType.class);

  private LapackFunction(OpenBlas library, String name) {
    this.library = library;
    this.name = name;
  }

  /**
   * A routine of real and of complex numbers.
   *
   * @param arguments behind the order of elements, a letter each: c for a character, i for an
   *     integer, p for an address
   */
  static LapackFunction ofAll(OpenBlas library, String name, String arguments) {
    return new LapackFunction(library, name)
        .bind(REAL, name, arguments)
        .bind(COMPLEX, name, arguments);
  }

  /** A routine that complex numbers have under another name, or with other arguments. */
  static LapackFunction of(
      OpenBlas library,
      String name,
      String arguments,
      String complexName,
      String complexArguments) {
    return new LapackFunction(library, name)
        .bind(REAL, name, arguments)
        .bind(COMPLEX, complexName, complexArguments);
  }

  private LapackFunction bind(Map<DType, String> letters, String own, String arguments) {
    MemoryLayout[] layouts = new MemoryLayout[arguments.length() + 1];
    layouts[0] = JAVA_INT;
    for (int i = 1; i < layouts.length; i++) {
      layouts[i] =
          switch (arguments.charAt(i - 1)) {
            case 'c' -> JAVA_BYTE;
            case 'i' -> JAVA_INT;
            default -> JAVA_LONG;
          };
    }
    FunctionDescriptor descriptor = FunctionDescriptor.of(JAVA_INT, layouts);
    letters.forEach(
        (dtype, letter) -> {
          MethodHandle handle =
              library.function("LAPACKE_%s%s_work".formatted(letter, own), descriptor);
          handles.put(dtype, handle.asSpreader(1, Object[].class, arguments.length()));
        });
    return this;
  }

  /**
   * Calls it; gives back what the routine says of how it went.
   *
   * @throws InternalException when it refuses an argument
   */
  int call(DType dtype, Object... arguments) {
    int info = outcome(dtype, arguments);
    if (info < 0) {
      throw new InternalException(
          "LAPACK's %s of %s returned %d for %s"
              .formatted(name, dtype, info, Arrays.toString(arguments)));
    }
    return info;
  }

  /** The same of a routine that counts elements that it cannot work on as wrong arguments. */
  int outcome(DType dtype, Object... arguments) {
    MethodHandle handle = Objects.requireNonNull(handles.get(dtype));
    library.enter();
    try {
      return (int) handle.invokeExact(BY_COLUMNS, arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("calling LAPACK's " + name + " failed", e);
    } finally {
      library.leave();
    }
  }
}
