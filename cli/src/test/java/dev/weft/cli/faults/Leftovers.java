package dev.weft.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.testkit.file.FaultyFileSystem;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The device of these tests, and what sessions must not leave behind. */
final class Leftovers {
  private static final long SECONDS = 60;

  private Leftovers() {}

  /** The CPU with so much memory and two threads. */
  static Device cpu(long memory) {
    return ServiceLoader.load(DeviceProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("cpu"))
        .findFirst()
        .orElseThrow()
        .open(new DeviceOptions(2, memory, true, 0));
  }

  private static List<String> names() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("weft"))
        .sorted()
        .toList();
  }

  /** How many threads of sessions there are. */
  static long threads() {
    return names().size();
  }

  /** Threads end a moment after they were told to. */
  static void awaitThreads(long most) throws InterruptedException {
    for (long tries = 0; threads() > most && tries < SECONDS * 100; tries++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(names()).as("threads").hasSizeLessThanOrEqualTo((int) most);
  }

  /** So do files that a thread of theirs has open. */
  static void awaitClosed(String what, FaultyFileSystem files) {
    for (long tries = 0; files.open() > 0 && tries < SECONDS * 100; tries++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    assertThat(files.open()).as("%s: open files", what).isZero();
  }
}
