package dev.weft.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.core.task.Delayed;
import dev.weft.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of graphs of tasks in the user's Java. */
class TaskPicturesTest {
  private final Session session = Session.open(SessionConfig.defaults().withDevice("reference"));

  @TempDir private Path folder;

  @AfterEach
  void close() {
    session.close();
  }

  private String drawn(Delayed<?> delayed, String name) throws IOException {
    Path file = folder.resolve(name);
    delayed.visualize(file);
    // The lines of this file may move.
    return Files.readString(file).replaceAll("TaskPicturesTest.java:[0-9]+", "Sums.java:7");
  }

  @Test
  void tasksAndArraysAreDrawnAndNothingRuns() throws IOException {
    Delayed<Integer> a = session.delayed(this::fail).named("load").retries(2);
    Delayed<Integer> b = session.delayed(this::fail).named("load").blocking();
    Delayed<Integer> sum =
        session.delayed((x, y, z) -> x + y + (int) z.size(), a, b, session.ones(5)).named("add");
    Golden.check("src/test/resources/golden/tasks.dot", drawn(sum, "tasks.dot"));
    Golden.check("src/test/resources/golden/tasks.svg", drawn(sum, "tasks.svg"));
  }

  private int fail() throws IOException {
    throw new IOException("it ran");
  }

  @Test
  void manyTasksAreSummarised() throws IOException {
    List<Delayed<Integer>> parts = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      parts.add(session.delayed(this::fail).named("part"));
    }
    String svg = drawn(session.all(parts).then(List::size).named("size"), "many.svg");
    assertThat(svg).contains("1,002 nodes, more than 300");
    assertThat(svg.split("<rect").length).isLessThan(20);
  }

  @Test
  void anotherEndingIsRefused() {
    assertThatThrownBy(() -> session.delayed(() -> 1).visualize(folder.resolve("graph.jpeg")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(".svg");
  }
}
