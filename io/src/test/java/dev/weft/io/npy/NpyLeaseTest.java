package dev.weft.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.HostArray;
import dev.weft.core.Job;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is closed while a job reads it. */
class NpyLeaseTest {
  @TempDir Path directory;

  @Test
  void theMappingStaysUntilTheJobHasEnded() throws Exception {
    Path file = directory.resolve("x.npy");
    Npy.write(file, HostArray.of(new double[] {3, 1, 2}));
    NpySource source = Npy.read(file);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch open = new CountDownLatch(1);
    try (Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      NDArray read =
          session
              .array(source)
              .map(
                  value -> {
                    begun.countDown();
                    await(open);
                    return value;
                  });
      Job job = session.start(List.of(read));
      begun.await();
      source.close();
      assertThatThrownBy(read::compute)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("the source is closed");
      open.countDown();
      assertThat(job.await().getFirst().toDoubleArray()).containsExactly(3, 1, 2);
    }
    assertThatThrownBy(source::memory)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the source is closed");
  }

  private static void await(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
