package dev.weft.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.weft.cli.faults.FileJobs.FileJob;
import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.error.InternalException;
import dev.weft.core.error.WeftException;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import dev.weft.testkit.LongSuites;
import dev.weft.testkit.device.FaultyHost;
import dev.weft.testkit.file.FaultyFileSystem;
import dev.weft.testkit.file.FileFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call of the file system, and every allocation of memory, fails in turn, once and for good,
 * in jobs over files: the result is right, or there is one error that says what has failed.
 */
@Tag("long")
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FileFaultSweepTest {
  /** What fails waits and tries again, while others go on. */
  private static final int WORKERS = 4;

  /** What it takes to remove files, which a disk that fails for good still does. */
  private static final Set<FileFaults.Call> REMOVAL =
      EnumSet.of(FileFaults.Call.DELETE, FileFaults.Call.LIST, FileFaults.Call.ATTRIBUTES);

  @TempDir Path folder;

  private final AtomicLong injected = new AtomicLong();
  private final AtomicLong right = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong folders = new AtomicLong();
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private Path in;

  /** The k-th of the calls that are counted fails, and all after it if so wanted. */
  private static final class Fault {
    private final boolean inFiles;
    private final long which;
    private final boolean forGood;
    private final AtomicLong calls = new AtomicLong();
    private volatile String failed = "nothing";

    Fault(boolean inFiles, long which, boolean forGood) {
      this.inFiles = inFiles;
      this.which = which;
      this.forGood = forGood;
    }

    private boolean isNext() {
      long call = calls.incrementAndGet();
      return forGood ? call >= which : call == which;
    }

    void before(FileFaults.Call call, Path file) throws IOException {
      boolean counted = inFiles && !(forGood && REMOVAL.contains(call));
      if (counted && isNext()) {
        failed = call + " of " + file;
        throw new IOException("an injected fault of " + call);
      }
    }

    DeviceException refusal() {
      if (!inFiles && isNext()) {
        failed = "an allocation";
        return new DeviceMemoryException("cpu: an injected lack of memory");
      }
      return null;
    }

    boolean isReached() {
      return calls.get() >= which;
    }

    @Override
    public String toString() {
      return "%s %d %s (%s)"
          .formatted(
              inFiles ? "call of files" : "allocation",
              which,
              forGood ? "for good" : "once",
              failed);
    }
  }

  @Test
  void aFaultAnywhereLeavesTheRightResultOrOneError() throws Exception {
    in = Files.createDirectory(folder.resolve("in"));
    FileJobs.write(in);
    int sweeps = 0;
    for (FileJob job : FileJobs.ALL) {
      long before = injected.get();
      List<double[]> expected = run(job, new Fault(true, Long.MAX_VALUE, false), null);
      long threads = Leftovers.threads();
      for (boolean inFiles : new boolean[] {true, false}) {
        for (boolean forGood : new boolean[] {false, true}) {
          sweep(job, expected, inFiles, forGood, sweeps++ % LongSuites.EVERY);
        }
      }
      Leftovers.awaitThreads(threads);
      System.out.printf("  %s: %,d faults%n", job, injected.get() - before);
    }
    System.out.printf(
        "fault sweep: %d jobs, %,d faults injected, %,d right results, %,d clear errors%n",
        FileJobs.ALL.size(), injected.get(), right.get(), told.get());
    assertThat(wrong).isEmpty();
    assertThat(right.get() + told.get()).isEqualTo(injected.get());
    assertThat(injected.get()).isGreaterThan(LongSuites.part(5000));
  }

  private void sweep(
      FileJob job, List<double[]> expected, boolean inFiles, boolean forGood, int first)
      throws Exception {
    List<Callable<Void>> workers = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      long own = 1L + first + (long) worker * LongSuites.EVERY;
      workers.add(
          () -> {
            for (long which = own; ; which += (long) WORKERS * LongSuites.EVERY) {
              Fault fault = new Fault(inFiles, which, forGood);
              try {
                run(job, fault, expected);
              } catch (AssertionError e) {
                wrong.add(e.getMessage());
              }
              if (!fault.isReached()) {
                return null;
              }
              injected.incrementAndGet();
            }
          });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(WORKERS)) {
      for (Future<Void> end : pool.invokeAll(workers)) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  /** Runs a job with a fault; returns its values, none where it has failed. */
  private List<double[]> run(FileJob job, Fault fault, List<double[]> expected) throws IOException {
    Path own = Files.createDirectory(folder.resolve("run-" + folders.incrementAndGet()));
    final Path out = Files.createDirectory(own.resolve("out"));
    Path spill = Files.createDirectory(own.resolve("spill"));
    FaultyFileSystem files = new FaultyFileSystem(fault::before);
    FaultyHost host = new FaultyHost(Leftovers.cpu(job.memory()), fault::refusal);
    String what = job + ", ";
    List<HostArray> returned = null;
    WeftException failure = null;
    SessionConfig config = SessionConfig.defaults().withSpillFolder(files.path(spill));
    Session session = Session.open(config, host);
    try {
      returned = job.body().run(session, files.path(in), files.path(out));
    } catch (WeftException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      fail(what + fault + ": an error of another kind", e);
    }
    List<double[]> values = List.of();
    if (failure == null) {
      values = FileJobs.values(job, returned, out);
      if (expected != null) {
        equal(what + fault, values, expected);
      }
    }
    assertThat(session.memory().live()).as("%s%s: bytes in use", what, fault).isZero();
    try {
      session.close();
    } catch (WeftException e) {
      failure = failure == null ? e : failure;
    }
    if (fault.isReached()) {
      (failure == null ? right : told).incrementAndGet();
    }
    if (failure != null) {
      if (!fault.isReached()) {
        throw failure;
      }
      assertClear(what + fault, failure);
      assertOldOrNew(job, what + fault, out, expected);
    }
    assertThat(host.memory().live()).as("%s%s: bytes of the device", what, fault).isZero();
    Leftovers.awaitClosed(what + fault, files);
    assertThat(names(spill)).as("%s%s: files of the disk", what, fault).isEmpty();
    assertThat(job.files()).as("%s%s: files", what, fault).containsAll(names(out));
    Trees.delete(own, FileOperations.SYSTEM);
    return values;
  }

  private static void equal(String what, List<double[]> values, List<double[]> expected) {
    assertThat(values).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < values.size(); i++) {
      assertThat(values.get(i)).as(what).isEqualTo(expected.get(i));
    }
  }

  /** It says what was done to which file, and is none of a defect. */
  private static void assertClear(String what, WeftException failure) {
    assertThat(failure).as(what).isNotInstanceOf(InternalException.class);
    assertThat(failure.getMessage()).as(what).isNotBlank();
    assertThat(failure.getMessage().lines().count()).as(what).isLessThanOrEqualTo(25);
    assertThat(failure.getMessage()).as(what).doesNotContain("NullPointer", "null");
  }

  /** What was written in spite of the error is complete. */
  private static void assertOldOrNew(FileJob job, String what, Path out, List<double[]> expected)
      throws IOException {
    for (int i = 0; i < job.written().size(); i++) {
      Path file = out.resolve(job.written().get(i));
      if (Files.exists(out.resolve(job.files().get(i)))) {
        assertThat(FileJobs.read(file)).as("%s: %s", what, file).isEqualTo(expected.get(i));
      }
    }
  }

  private static List<String> names(Path of) throws IOException {
    try (Stream<Path> all = Files.list(of)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
