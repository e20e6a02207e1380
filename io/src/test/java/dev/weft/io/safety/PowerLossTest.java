package dev.weft.io.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.error.DeviceException;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.PowerLossFiles;
import dev.weft.io.file.Trees;
import dev.weft.testkit.LongSuites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine whose power fails while it writes finds the array absent, as it was, or complete. */
class PowerLossTest {
  private static final int LOSSES = 500;
  private static final int ELEMENTS = 400;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  @Tag("long")
  void whatWasNotForcedIsNotNeeded(WrittenFormat format) throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    int losses = LongSuites.part(LOSSES);
    int[] found = new int[3];
    int[] calls = {calls(format, true), calls(format, false)};
    for (int loss = 0; loss < losses; loss++) {
      boolean replacing = loss % 2 == 0;
      int crash = random.nextInt(calls[loss % 2] + 1);
      long number =
          lose(format, replacing, crash, random, "loss %d in call %d".formatted(loss, crash));
      found[(int) number]++;
    }
    System.out.printf(
        "power loss, %s: %d losses, %d times absent, %d old, %d complete%n",
        format, losses, found[0], found[1], found[2]);
    assertThat(found[2]).isPositive();
  }

  /** Writes, crashes in a call, and tells what is there afterwards. */
  private long lose(
      WrittenFormat format, boolean replacing, int crash, SplittableRandom random, String what)
      throws IOException {
    Path before = Files.createDirectory(folder.resolve("before"));
    Path after = folder.resolve("after");
    if (replacing) {
      format.write(before, FileOperations.SYSTEM, ELEMENTS, 1);
    }
    PowerLossFiles files = new PowerLossFiles(before, crash);
    boolean done = false;
    try {
      format.write(before, files, ELEMENTS, 2);
      done = true;
    } catch (DeviceException | IOException e) {
      assertThat(e).as(what).hasStackTraceContaining("the power has failed");
    }
    files.afterwards(after, random);
    long number = format.read(after, ELEMENTS);
    if (done) {
      assertThat(number).as(what).isEqualTo(2);
    } else if (replacing) {
      assertThat(number).as(what).isPositive();
    }
    for (long again = 2; again < 4; again++) {
      format.write(after, FileOperations.SYSTEM, ELEMENTS, again);
      assertThat(format.read(after, ELEMENTS)).as(what).isEqualTo(again);
    }
    Trees.delete(before, FileOperations.SYSTEM);
    Trees.delete(after, FileOperations.SYSTEM);
    return number;
  }

  /** How many calls there are when nothing fails. */
  private int calls(WrittenFormat format, boolean replacing) throws IOException {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    if (replacing) {
      format.write(whole, FileOperations.SYSTEM, ELEMENTS, 1);
    }
    PowerLossFiles files = new PowerLossFiles(whole, Integer.MAX_VALUE);
    format.write(whole, files, ELEMENTS, 2);
    Trees.delete(whole, FileOperations.SYSTEM);
    return files.calls();
  }
}
