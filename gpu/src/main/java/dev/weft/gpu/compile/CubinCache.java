package dev.weft.gpu.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compiles every text once: in this process, and with the entries on disk once for all processes of
 * the user. Safe for use by several threads; those that ask for a text that is being compiled wait
 * for it.
 */
public final class CubinCache {
  /** Bytes that the folder may take before the least recently used entries go. */
  public static final long DISK_LIMIT = 256L << 20;

  private final Nvrtc nvrtc;
  private final CubinStore disk;
  private final Map<CubinKey, CompletableFuture<Compilation>> memory = new ConcurrentHashMap<>();
  private final AtomicLong memoryHits = new AtomicLong();
  private final AtomicLong diskHits = new AtomicLong();
  private final AtomicLong compiled = new AtomicLong();
  private final AtomicLong diskProblems = new AtomicLong();
  private volatile String lastProblem = "";

  /**
   * A cache in front of a compiler.
   *
   * @param folder where entries are kept; made when the first is written
   */
  public CubinCache(Nvrtc nvrtc, Path folder) {
    this.nvrtc = nvrtc;
    this.disk = new CubinStore(folder);
  }

  /**
   * What the cache did.
   *
   * @param memoryHits answers that were in memory, or on their way there
   * @param diskHits answers that were on disk
   * @param compiled texts given to the compiler
   * @param diskProblems entries that were broken, and reads and writes that failed
   * @param lastProblem the last of these in words; empty where there was none
   */
  public record Statistics(
      long memoryHits, long diskHits, long compiled, long diskProblems, String lastProblem) {}

  /** The code for a request. A refusal of the compiler is kept in memory, but not on disk. */
  public Compilation get(CompileRequest request) {
    CubinKey key = CubinKey.of(request, nvrtc.version());
    CompletableFuture<Compilation> own = new CompletableFuture<>();
    CompletableFuture<Compilation> first = memory.putIfAbsent(key, own);
    if (first != null) {
      memoryHits.incrementAndGet();
      return await(first);
    }
    try {
      Compilation made = readOrCompile(key, request);
      own.complete(made);
      return made;
    } catch (RuntimeException | Error failure) {
      // Such as no memory for the compiler: the next one who asks tries again.
      memory.remove(key, own);
      own.completeExceptionally(failure);
      throw failure;
    }
  }

  private static Compilation await(CompletableFuture<Compilation> compilation) {
    try {
      return compilation.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failure;
    }
  }

  private Compilation readOrCompile(CubinKey key, CompileRequest request) {
    switch (disk.read(key)) {
      case CubinStore.Answer.Found(byte[] cubin) -> {
        diskHits.incrementAndGet();
        return new Compilation.Compiled(cubin, "");
      }
      case CubinStore.Answer.Broken(String reason) -> problem(reason);
      case CubinStore.Answer.Absent _, CubinStore.Answer.Written _ -> {}
    }
    compiled.incrementAndGet();
    Compilation made = nvrtc.compile(request);
    if (made instanceof Compilation.Compiled code
        && disk.write(key, code.cubin()) instanceof CubinStore.Answer.Broken(String reason)) {
      problem(reason);
    }
    return made;
  }

  private void problem(String reason) {
    diskProblems.incrementAndGet();
    lastProblem = reason;
  }

  /** Keeps the folder small; call it once in a while, not on the way to a result. */
  public void prune() {
    try {
      disk.prune(DISK_LIMIT);
    } catch (IOException | UncheckedIOException failure) {
      problem("the cache of compiled kernels cannot be pruned: " + failure);
    }
  }

  /** What the cache did so far. */
  public Statistics statistics() {
    return new Statistics(
        memoryHits.get(), diskHits.get(), compiled.get(), diskProblems.get(), lastProblem);
  }
}
