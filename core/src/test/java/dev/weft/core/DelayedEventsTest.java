package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.JobFailedException;
import dev.weft.core.event.JobEvent;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.TaskFunction;
import dev.weft.core.task.TaskFuture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners hear of tasks in the user's Java, and what can be done with it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DelayedEventsTest {
  private final List<JobEvent> events = new CopyOnWriteArrayList<>();

  private Session open() {
    return Session.open(
        SessionConfig.defaults()
            .withDevice("reference")
            .withThreads(2)
            .withMemoryLimit(1L << 26)
            .withListener(events::add));
  }

  @Test
  void eventsTellOfEachTask() {
    try (Session heard = open()) {
      Delayed<Integer> a = heard.delayed(() -> 1).named("load");
      Delayed<Integer> b = heard.delayed(() -> 2).named("load");
      heard.delayed(Integer::sum, a, b).named("add").compute();
    }
    JobEvent.TasksPlanned planned = (JobEvent.TasksPlanned) events.getFirst();
    assertThat(planned.kinds())
        .containsExactlyInAnyOrder(new JobEvent.Kind("load", 2), new JobEvent.Kind("add", 1));
    assertThat(planned.tasks()).isEqualTo(3);
    assertThat(planned.edges()).hasSize(1);
    JobEvent.Edge edge = planned.edges().getFirst();
    assertThat(planned.kinds().get(edge.from()).label()).isEqualTo("load");
    assertThat(planned.kinds().get(edge.to()).label()).isEqualTo("add");
    assertThat(events).filteredOn(e -> e instanceof JobEvent.TaskStarted).hasSize(3);
    assertThat(events).filteredOn(e -> e instanceof JobEvent.TaskFinished).hasSize(3);
    assertThat(events.getLast()).isInstanceOf(JobEvent.Finished.class);
  }

  @Test
  void eachTaskThatFailsIsToldOnceAndACancelledOneIsNot() throws InterruptedException {
    try (Session heard = open()) {
      CountDownLatch both = new CountDownLatch(2);
      List<Delayed<Integer>> failing = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        failing.add(
            heard.delayed(
                () -> {
                  both.countDown();
                  both.await();
                  throw new IOException("no");
                }));
      }
      assertThatThrownBy(() -> heard.gather(failing)).isInstanceOf(JobFailedException.class);
      assertThat(events).filteredOn(e -> e instanceof JobEvent.TaskFailed).hasSize(2);
      assertThat(events.getLast()).isInstanceOf(JobEvent.Finished.class);
      events.clear();
      CountDownLatch begun = new CountDownLatch(1);
      TaskFuture<Boolean> waiting =
          heard.submit(
              () -> {
                begun.countDown();
                return new CountDownLatch(1).await(1, TimeUnit.DAYS);
              });
      assertThat(waiting.isDone()).isFalse();
      begun.await();
    }
    assertThat(events).noneMatch(e -> e instanceof JobEvent.TaskFailed);
    assertThat(((JobEvent.Finished) events.getLast()).failure())
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void kindsThatReadOneAnotherAreToldOnceAndOnlySoMany() {
    try (Session heard = open()) {
      Delayed<Integer> sum = heard.delayed(() -> 0).named("add");
      for (int i = 0; i < 5; i++) {
        sum = heard.delayed(Integer::sum, sum, sum).named("add");
      }
      sum.compute();
      List<Delayed<Integer>> many = new ArrayList<>();
      for (int i = 0; i < 1_500; i++) {
        many.add(heard.delayed(() -> 1).named("load " + i));
      }
      heard.delayed(List::size, heard.all(many)).named("count").compute();
    }
    List<JobEvent.TasksPlanned> plans =
        events.stream()
            .filter(JobEvent.TasksPlanned.class::isInstance)
            .map(JobEvent.TasksPlanned.class::cast)
            .toList();
    assertThat(plans.get(0).edges()).containsExactly(new JobEvent.Edge(0, 0));
    assertThat(plans.get(1).edges())
        .hasSize(JobEvent.TasksPlanned.MOST_EDGES)
        .doesNotHaveDuplicates();
  }

  @Test
  void oneComputationIsCancelledByItsNumber() throws InterruptedException {
    try (Session heard = open()) {
      CountDownLatch begun = new CountDownLatch(2);
      CountDownLatch end = new CountDownLatch(1);
      TaskFunction.Of0<Boolean> wait =
          () -> {
            begun.countDown();
            return end.await(1, TimeUnit.DAYS);
          };
      TaskFuture<Boolean> first = heard.submit(wait);
      TaskFuture<Boolean> second = heard.submit(wait);
      begun.await();
      assertThat(heard.cancel(events.getFirst().job())).isTrue();
      assertThatThrownBy(first::get).isInstanceOf(CancellationException.class);
      assertThat(heard.cancel(99)).isFalse();
      end.countDown();
      assertThatCode(second::get).doesNotThrowAnyException();
    }
  }
}
