package dev.weft.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.shape.Shape;
import dev.weft.core.task.Delayed;
import dev.weft.io.ArrayName;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import dev.weft.io.zarr.Zarr;
import dev.weft.io.zarr.ZarrEncoding;
import dev.weft.testkit.LongSuites;
import dev.weft.testkit.device.FaultyHost;
import dev.weft.testkit.file.FaultyFileSystem;
import dev.weft.testkit.file.FileFaults;
import dev.weft.testkit.file.FileFaults.Call;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A graph of 10,000 tasks, with several hundred failures in each run of it: the user's own calls
 * throw, chunks cannot be read, written or spilled, memory is refused. All of them pass when they
 * are tried again, and the result has the same bits as without them.
 */
@Tag("long")
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SoakTest {
  private static final int SEEDS = LongSuites.part(20);
  private static final int CALLS = 3000;
  private static final int CHUNKS = 1000;
  private static final int CHUNK = 512;
  private static final ZarrEncoding IN_CHUNKS = ZarrEncoding.DEFAULT.withChunk(CHUNK);
  private static final long LENGTH = (long) CHUNKS * CHUNK;

  /** Half of what the job keeps at a time. */
  private static final long MEMORY = LENGTH * Double.BYTES * 3 / 2;

  /** Of so many attempts one fails. */
  private static final int PART = 12;

  /** The same of allocations, of which a task makes several. */
  private static final int MEMORY_PART = 50;

  /** The same of the disk, where each attempt is another file. */
  private static final int DISK_PART = 80;

  /** Failures of one call or file; the next attempt succeeds. */
  private static final int MOST = 3;

  /** Chunks that are written by one task. */
  private static final int TOGETHER = 8;

  @TempDir Path folder;

  /** Failures by chance, of which each file and each call sees a few and then succeeds. */
  private static final class Chance {
    private final Random random;
    private final Map<String, AtomicLong> seen = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> kinds = new ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();

    /** A negative seed never fails. */
    Chance(long seed) {
      this.random = seed < 0 ? null : new Random(seed);
    }

    private boolean fails(String kind, int part, String which) {
      if (random == null) {
        return false;
      }
      synchronized (random) {
        if (random.nextInt(part) != 0) {
          return false;
        }
      }
      if (seen.computeIfAbsent(which, any -> new AtomicLong()).incrementAndGet() > MOST) {
        return false;
      }
      kinds.computeIfAbsent(kind, any -> new AtomicLong()).incrementAndGet();
      failures.incrementAndGet();
      return true;
    }

    /** Chunks of stores and of the disk; what is read once, such as metadata, is left alone. */
    void file(Call call, Path file) throws IOException {
      String name = file.getFileName().toString();
      boolean spilled = name.endsWith(".chunk");
      boolean stored = name.startsWith("c.");
      // One task writes several chunks of a store, and all of them again.
      boolean together = stored && call == Call.WRITE;
      String which =
          together ? "written " + Integer.parseInt(name.substring(2)) / TOGETHER : file.toString();
      boolean moves = call == Call.READ || call == Call.WRITE;
      if (moves
          && (spilled || stored)
          && fails(spilled ? "disk" : "files", spilled ? DISK_PART : PART, which)) {
        throw new IOException("an injected fault of " + call);
      }
    }

    void call(int number) {
      if (fails("calls", PART, "call " + number)) {
        throw new IllegalStateException("an injected failure of call " + number);
      }
    }

    DeviceException memory() {
      return fails("memory", MEMORY_PART, "memory " + failures.get() / MOST)
          ? new DeviceMemoryException("cpu: an injected lack of memory")
          : null;
    }
  }

  @Test
  void aGraphOfTenThousandTasksSurvivesHundredsOfFailures() throws Exception {
    Path input = folder.resolve("x.zarr");
    try (HostArray x = HostArray.allocate(DType.FLOAT64, Shape.of(LENGTH));
        Session session = Session.open()) {
      for (long i = 0; i < LENGTH; i++) {
        x.segment().setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, Math.sin(i) * 1e3);
      }
      session.array(x).computeTo(Zarr.target(ArrayName.of(input), IN_CHUNKS));
    }
    AtomicLong tasks = new AtomicLong();
    double[] expected = run(input, new Chance(-1), tasks);
    assertThat(tasks.get()).isGreaterThanOrEqualTo(10_000);
    long failures = 0;
    int equal = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Chance chance = new Chance(seed);
      double[] result = run(input, chance, new AtomicLong());
      assertThat(result).as("seed %d", seed).isEqualTo(expected);
      assertThat(chance.failures.get()).as("seed %d: failures", seed).isGreaterThan(500);
      System.out.printf("  seed %d: %,d failures %s%n", seed, chance.failures.get(), chance.kinds);
      failures += chance.failures.get();
      equal++;
    }
    System.out.printf(
        "soak: %d seeds, %,d tasks each, %,d failures injected, %d of %d equal to the bit%n",
        SEEDS, tasks.get(), failures, equal, SEEDS);
  }

  private double[] run(Path input, Chance chance, AtomicLong tasks) throws Exception {
    Path own = Files.createTempDirectory(folder, "run");
    Path output = own.resolve("y.zarr");
    Path spill = Files.createDirectory(own.resolve("spill"));
    FaultyFileSystem files = new FaultyFileSystem((FileFaults) chance::file);
    FaultyHost host = new FaultyHost(Leftovers.cpu(MEMORY), chance::memory);
    SessionConfig config =
        SessionConfig.defaults()
            .withChunkBytes(CHUNK * Double.BYTES)
            .withSpillFolder(files.path(spill))
            .withListener(
                event -> {
                  if (event instanceof JobEvent.TaskFinished task) {
                    tasks.addAndGet(task.tasks());
                  }
                });
    try (Session session = Session.open(config, host)) {
      NDArray x = session.load(files.path(input), ChunkSpec.of(CHUNK));
      NDArray offsets = session.fromDelayed(calls(session, chance), DType.FLOAT64, CALLS / 3);
      NDArray a = kept(x.multiply(0.5).add(offsets.sum()));
      NDArray b = kept(a.subtract(a.mean()));
      NDArray c = kept(b.divide(b.std()));
      c.add(a.slice("::-1"))
          .multiply(b.max())
          .add(c.cumsum(0))
          .computeTo(Zarr.target(ArrayName.of(files.path(output)), IN_CHUNKS));
      assertThat(session.memory().live()).as("bytes in use").isZero();
    }
    assertThat(files.open()).as("open files").isZero();
    double[] values = FileJobs.read(output);
    Trees.delete(own, FileOperations.SYSTEM);
    return values;
  }

  /** Calls that depend on each other three by three, and one that takes all that they make. */
  private static Delayed<double[]> calls(Session session, Chance chance) {
    List<Delayed<Double>> ends = new ArrayList<>();
    for (int i = 0; i < CALLS; i += 3) {
      int first = i;
      Delayed<Double> one = session.delayed(() -> called(chance, first, 1.0)).retries(MOST);
      Delayed<Double> two =
          session.delayed(value -> called(chance, first + 1, value), one).retries(MOST);
      ends.add(session.delayed(value -> called(chance, first + 2, value), two).retries(MOST));
    }
    return session.delayed(
        values -> values.stream().mapToDouble(Double::doubleValue).toArray(), session.all(ends));
  }

  private static double called(Chance chance, int number, double value) {
    chance.call(number);
    return Math.cos(value * number + 0.25);
  }

  /** The user's own code is never run twice where its result can be kept. */
  private static NDArray kept(NDArray x) {
    return x.mapChunks(
        DType.FLOAT64,
        (region, inputs, output) -> output.segment().copyFrom(inputs.getFirst().segment()));
  }
}
