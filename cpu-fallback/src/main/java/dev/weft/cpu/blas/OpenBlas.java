package dev.weft.cpu.blas;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.weft.core.device.MachineLimits;
import dev.weft.core.device.UserCache;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The library OpenBLAS, from the artifact {@code org.bytedeco:openblas}: its functions by name, and
 * how many threads they use.
 *
 * <p>The library stays loaded until the process ends. It is told to use the calling thread only,
 * which is a setting of the whole process: an own copy is loaded, so no other user of an OpenBLAS
 * is affected.
 */
public final class OpenBlas {
  private static final String ARTIFACT = "org.bytedeco:openblas";

  /** Bytes of the stack of calls with several threads; memory is taken as it is touched. */
  private static final long STACK = 64 << 20;

  private static final ExitGate GATE = ExitGate.ofProcess();

  private final SymbolLookup library;
  private final MethodHandle setThreads;
  private final String description;

  /** The outcome of looking for the library: it, or the reason why it is not there. */
  public sealed interface Lookup {
    /** OpenBLAS is loaded. */
    record Found(OpenBlas library) implements Lookup {}

    /** OpenBLAS cannot be used. */
    record Missing(String reason, String remedy) implements Lookup {}
  }

  /** Loads the library when it is first asked for. */
  private static final class OfProcess {
    static final Lookup LOOKUP =
        load(
            OpenBlas.class.getClassLoader(),
            UserCache.folder().map(folder -> folder.resolve("native")).orElse(null));
  }

  private OpenBlas(SymbolLookup library) throws Throwable {
    this.library = library;
    setThreads = function("openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
    setThreads.invoke(1);
    description = text("openblas_get_config") + " (" + text("openblas_get_corename") + ")";
  }

  /** The library on Weft's own class path, loaded once and unpacked into the user's cache. */
  public static Lookup ofProcess() {
    return OfProcess.LOOKUP;
  }

  /**
   * Loads the library found by a class loader. Call it once: every call loads what is not loaded
   * yet and binds it anew.
   *
   * @param cache a folder of the user's into which the library may be unpacked; null when there is
   *     none. Where it cannot be used, a temporary folder takes its place
   */
  public static Lookup load(ClassLoader loader, @Nullable Path cache) {
    List<String> platforms = NativeLibrary.platforms();
    String library = library();
    Lookup outcome =
        new Lookup.Missing(
            "org/bytedeco/openblas/%s/%s is not on the class path"
                .formatted(String.join("|", platforms), library),
            "Add %s with classifier %s to use OpenBLAS."
                .formatted(ARTIFACT, String.join(" or ", platforms)));
    for (String platform : platforms) {
      String folder = "org/bytedeco/openblas/" + platform;
      if (loader.getResource(folder + "/" + library) != null) {
        outcome = loadSomewhere(loader, folder, library, cache);
        if (outcome instanceof Lookup.Found) {
          return outcome;
        }
      }
    }
    return outcome;
  }

  private static Lookup loadSomewhere(
      ClassLoader loader, String folder, String library, @Nullable Path cache) {
    Lookup cached = cache == null ? null : load(loader, folder, library, cache);
    if (cached instanceof Lookup.Found) {
      return cached;
    }
    try (TemporaryFolder temporary = TemporaryFolder.make()) {
      Lookup second = load(loader, folder, library, temporary.path());
      return second instanceof Lookup.Missing && cached != null ? cached : second;
    } catch (IOException e) {
      return cached != null
          ? cached
          : new Lookup.Missing(
              "OpenBLAS did not load: " + e, "Set XDG_CACHE_HOME to a folder that can be written.");
    }
  }

  private static String library() {
    String name = System.mapLibraryName("openblas");
    return name.endsWith(".so") ? name + ".0" : name.replace(".dylib", ".0.dylib");
  }

  private static Lookup load(ClassLoader loader, String folder, String library, Path cache) {
    // Libraries that OpenBLAS needs come first; the loader then finds them by name.
    List<String> names =
        List.of(
            "libgcc_s.so.1",
            "libquadmath.so.0",
            "libgfortran.so.5",
            "libgcc_s.1.1.dylib",
            "libquadmath.0.dylib",
            "libgfortran.5.dylib",
            library);
    try {
      SymbolLookup symbols = SymbolLookup.loaderLookup();
      for (Path file : NativeLibrary.unpack(loader, folder, names, cache)) {
        symbols = SymbolLookup.libraryLookup(file, Arena.global());
      }
      return new Lookup.Found(new OpenBlas(symbols));
    } catch (IOException | IllegalArgumentException | LinkageError e) {
      return new Lookup.Missing(
          "OpenBLAS did not load: " + (e instanceof IOException ? e : e.getMessage()),
          "Check that %s can be written and is not mounted noexec, or set XDG_CACHE_HOME to a folder of which that is true."
              .formatted(cache));
    } catch (Throwable e) {
      throw new IllegalStateException("binding OpenBLAS failed", e);
    }
  }

  /**
   * A function of the library. Its calls come between {@link #enter} and {@link #leave}.
   *
   * @throws IllegalArgumentException when it has none of this name
   */
  MethodHandle function(String name, FunctionDescriptor descriptor) {
    MemorySegment symbol =
        library
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("it has no function " + name));
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }

  /** Before a call, which keeps the process from ending and others from changing the threads. */
  void enter() {
    GATE.enter();
  }

  void leave() {
    GATE.leave();
  }

  /**
   * Has calls use several threads; meanwhile no other thread calls. They are made on a thread of
   * their own: factors of several threads have tables of megabytes on the stack.
   */
  void withThreads(int wanted, Runnable calls) {
    // Threads wait for each other without sleeping: more of them than cores would take turns.
    int threads = Math.min(wanted, MachineLimits.ofThisProcess().cores());
    if (threads <= 1) {
      calls.run();
      return;
    }
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Thread caller =
        new Thread(
            null,
            () -> {
              try {
                alone(threads, calls);
              } catch (Throwable e) {
                failure.set(e);
              }
            },
            "weft-lapack",
            STACK);
    caller.setDaemon(true);
    caller.start();
    await(caller);
    switch (failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** A call cannot be interrupted: whoever waits for it hears of an interrupt afterwards. */
  private static void await(Thread caller) {
    boolean interrupted = false;
    while (true) {
      try {
        caller.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void alone(int threads, Runnable calls) {
    GATE.enterAlone();
    try {
      set(threads);
      try {
        calls.run();
      } finally {
        set(1);
      }
    } finally {
      GATE.leaveAlone();
    }
  }

  private void set(int threads) {
    try {
      setThreads.invokeExact(threads);
    } catch (Throwable e) {
      throw new IllegalStateException("calling openblas_set_num_threads failed", e);
    }
  }

  /** Says what computes, such as {@code OpenBLAS 0.3.31 (SkylakeX)}. */
  public String describe() {
    return description;
  }

  private String text(String name) throws Throwable {
    MethodHandle handle = function(name, FunctionDescriptor.of(ValueLayout.ADDRESS));
    MemorySegment chars = (MemorySegment) handle.invoke();
    return chars.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
