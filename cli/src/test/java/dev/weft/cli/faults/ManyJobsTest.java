package dev.weft.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.weft.cli.faults.FileJobs.FileJob;
import dev.weft.core.HostArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.WeftException;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import dev.weft.testkit.LongSuites;
import dev.weft.testkit.device.FaultyHost;
import dev.weft.testkit.file.FaultyFileSystem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand jobs over files in one JVM, each in a session of its own, leave nothing behind. */
@Tag("long")
@Timeout(value = 1800, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ManyJobsTest {
  private static final int JOBS = LongSuites.part(1000);

  @TempDir Path folder;

  @Test
  void manyJobsLeaveNothingBehind() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    FileJobs.write(in);
    for (FileJob job : FileJobs.ALL) {
      run(job, in);
    }
    final long handles = handles();
    final long threads = Leftovers.threads();
    int failed = 0;
    for (int i = 0; i < JOBS; i++) {
      if (i % 10 == 9) {
        // Each of them in turn, whatever their number: not all read chunks of a store.
        failed += fail(FileJobs.ALL.get(i / 10 % FileJobs.ALL.size()), in);
      } else {
        run(FileJobs.ALL.get(i % FileJobs.ALL.size()), in);
      }
    }
    Leftovers.awaitThreads(threads);
    for (int tries = 0; handles() > handles && tries < 600; tries++) {
      // Files of arrays that nobody closes are closed with the arrays.
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    long left = handles();
    System.out.printf(
        "many jobs: %d in one JVM, %d of them made to fail; handles %d before and %d after, no bytes, threads or files left%n",
        JOBS, failed, handles, left);
    assertThat(left).as("open handles").isLessThanOrEqualTo(handles);
    assertThat(failed).isPositive();
  }

  private static long handles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private void run(FileJob job, Path in) throws IOException {
    Path own = Files.createTempDirectory(folder, "run");
    Path spill = Files.createDirectory(own.resolve("spill"));
    FaultyHost host = new FaultyHost(Leftovers.cpu(job.memory()), () -> null);
    try (Session session = Session.open(SessionConfig.defaults().withSpillFolder(spill), host)) {
      assertThat(FileJobs.values(job, job.body().run(session, in, own), own)).isNotEmpty();
      assertThat(session.memory().live()).as("%s: bytes in use", job).isZero();
    }
    assertThat(host.memory().live()).as("%s: bytes of the device", job).isZero();
    assertThat(spill).isEmptyDirectory();
    Trees.delete(own, FileOperations.SYSTEM);
  }

  /** Runs a job on a disk that reads nothing; 1 if it has failed, as it should. */
  private int fail(FileJob job, Path in) throws IOException {
    Path own = Files.createTempDirectory(folder, "run");
    FaultyFileSystem files =
        new FaultyFileSystem(
            (call, file) -> {
              if (file.startsWith(in) && file.getFileName().toString().startsWith("c.")) {
                throw new IOException("an injected fault of " + call);
              }
            });
    FaultyHost host = new FaultyHost(Leftovers.cpu(job.memory()), () -> null);
    int failed = 0;
    try (Session session = Session.open(SessionConfig.defaults().withSpillFolder(own), host)) {
      job.body().run(session, files.path(in), own).forEach(HostArray::close);
    } catch (WeftException e) {
      failed = 1;
    }
    assertThat(host.memory().live()).as("%s: bytes of the device", job).isZero();
    assertThat(files.open()).as("%s: open files", job).isZero();
    Trees.delete(own, FileOperations.SYSTEM);
    return failed;
  }
}
