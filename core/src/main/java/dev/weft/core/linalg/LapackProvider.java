package dev.weft.core.linalg;

import dev.weft.core.error.UsageException;
import java.util.ServiceLoader;

/** Brings a LAPACK library. Found by {@link ServiceLoader}; {@code weft-cpu-fallback} has one. */
public interface LapackProvider {
  /** The outcome of looking for a library: it, or the reason why it is not there. */
  sealed interface Lookup {
    /** The library is loaded. */
    record Found(Lapack lapack) implements Lookup {}

    /** There is none, why, and what to do about it. */
    record Missing(String reason, String remedy) implements Lookup {}
  }

  /** Loads the library; from the second call on this costs little. */
  Lookup load();

  /** Looks on the class path once. */
  final class OnClassPath {
    private static final Lookup LOOKUP =
        ServiceLoader.load(LapackProvider.class, LapackProvider.class.getClassLoader())
            .findFirst()
            .map(LapackProvider::load)
            .orElse(
                new Lookup.Missing(
                    "no LAPACK library is on the class path", "Add weft-cpu-fallback to it."));

    private OnClassPath() {}

    /** What was found. */
    public static Lookup lookup() {
      return LOOKUP;
    }
  }

  /**
   * The library on the class path.
   *
   * @param function that needs it
   * @throws UsageException when there is none: says why, and what to do
   */
  static Lapack installed(String function) {
    return of(OnClassPath.LOOKUP, function);
  }

  /** The library that was found, or a failure that says why none was. */
  static Lapack of(Lookup lookup, String function) {
    return switch (lookup) {
      case Lookup.Found found -> found.lapack();
      case Lookup.Missing missing ->
          throw new UsageException(
              "%s needs LAPACK: %s. %s".formatted(function, missing.reason(), missing.remedy()));
    };
  }
}
