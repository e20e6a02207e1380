package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.event.JobEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that ends while products are being computed ends in good order. */
class ExitDuringProductTest {
  private static final int EXIT_CODE = 7;

  @TempDir Path folder;

  /** Ends in the middle of a product that takes seconds. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws InterruptedException {
      CountDownLatch begun = new CountDownLatch(1);
      Session session =
          Session.open(
              SessionConfig.defaults()
                  .withDevice("cpu")
                  .withListener(
                      event -> {
                        if (event instanceof JobEvent.TaskStarted) {
                          begun.countDown();
                        }
                      }));
      NDArray x = session.ones(6000, 6000);
      session.start(List.of(x.matmul(x)));
      begun.await();
      // So that it is in the middle; where it is not, the test proves less, but does not fail.
      Thread.sleep(1500);
      System.exit(EXIT_CODE);
    }
  }

  @Test
  void theProcessEndsAsItWasTold() throws Exception {
    for (int run = 0; run < 3; run++) {
      Path log = folder.resolve("log");
      Process program = start(log);
      assertThat(program.waitFor()).as(Files.readString(log)).isEqualTo(EXIT_CODE);
      assertThat(Files.readString(log)).doesNotContain("SIGSEGV", "fatal error");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(log);
      }
    }
  }

  private Process start(Path log) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(log, "", StandardCharsets.UTF_8);
    return new ProcessBuilder(
            List.of(
                java,
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
