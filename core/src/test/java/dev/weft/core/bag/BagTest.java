package dev.weft.core.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.JobFailedException;
import dev.weft.core.error.UsageException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BagTest {
  private final Session session =
      Session.open(
          SessionConfig.defaults()
              .withDevice("reference")
              .withThreads(2)
              .withMemoryLimit(1L << 26));

  @AfterEach
  void close() {
    session.close();
  }

  private Bag<Integer> numbers(int n, int partitions) {
    return session.bag(IntStream.range(0, n).boxed().toList(), partitions);
  }

  @Test
  void elementsKeepTheirOrder() {
    Bag<String> bag =
        numbers(20, 3).filter(x -> x % 3 == 0).flatMap(x -> Stream.of(x, -x)).map(x -> "n" + x);
    assertThat(bag.partitions()).isEqualTo(3);
    assertThat(bag.compute())
        .containsExactly(
            "n0", "n0", "n3", "n-3", "n6", "n-6", "n9", "n-9", "n12", "n-12", "n15", "n-15", "n18",
            "n-18");
    assertThat(bag).hasToString("Bag(3 partitions)");
  }

  @Test
  void emptyPartitionsDoNoHarm() {
    Bag<Integer> few = numbers(2, 5);
    assertThat(few.compute()).containsExactly(0, 1);
    assertThat(few.count().compute()).isEqualTo(2);
    Bag<Integer> none = numbers(0, 3);
    assertThat(none.fold(0, Integer::sum).compute()).isZero();
    assertThat(none.frequencies().compute()).isEmpty();
    assertThat(none.topK(3, Comparator.naturalOrder()).compute()).isEmpty();
    assertThat(none.distinct().compute()).isEmpty();
    assertThat(session.readText(List.of(), 10).count().compute()).isZero();
  }

  @Test
  void elementsAreFolded() {
    assertThat(numbers(101, 30).fold(0, Integer::sum).compute()).isEqualTo(5050);
    assertThat(numbers(101, 30).sum(x -> x / 2.0).compute()).isEqualTo(2525);
    StringBuilder text =
        numbers(12, 5)
            .fold(
                StringBuilder::new, StringBuilder::append, (a, b) -> new StringBuilder(a).append(b))
            .compute();
    assertThat(text.toString()).isEqualTo("01234567891011");
    assertThat(numbers(10, 4).foldBy(x -> x % 3, () -> 0, Integer::sum, Integer::sum).compute())
        .isEqualTo(Map.of(0, 18, 1, 12, 2, 15));
  }

  @Test
  void largestElementsComeFirstAndEqualOnesInOrder() {
    List<String> words = List.of("bb", "a", "cc", "ddd", "b", "ee", "fff");
    Bag<String> bag = session.bag(words, 3);
    assertThat(bag.topK(4, Comparator.comparingInt(String::length)).compute())
        .containsExactly("ddd", "fff", "bb", "cc");
    assertThat(bag.topK(0, Comparator.naturalOrder()).compute()).isEmpty();
    assertThat(bag.topK(100, Comparator.naturalOrder()).compute()).hasSize(7);
  }

  @Test
  void equalKeysComeTogether() {
    List<Map.Entry<Integer, List<Integer>>> groups = numbers(20, 4).groupBy(x -> x % 3).compute();
    assertThat(groups)
        .containsExactlyInAnyOrder(
            Map.entry(0, List.of(0, 3, 6, 9, 12, 15, 18)),
            Map.entry(1, List.of(1, 4, 7, 10, 13, 16, 19)),
            Map.entry(2, List.of(2, 5, 8, 11, 14, 17)));
    assertThat(numbers(20, 4).map(x -> x % 5).distinct().compute())
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void onlyAsManyPartitionsAsNeededAreTaken() {
    AtomicInteger seen = new AtomicInteger();
    Bag<Integer> bag =
        numbers(100, 10)
            .map(
                x -> {
                  seen.incrementAndGet();
                  return x;
                });
    assertThat(bag.take(12)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(seen).hasValue(12);
    assertThat(bag.take(0)).isEmpty();
    assertThat(numbers(3, 2).take(9)).containsExactly(0, 1, 2);
  }

  @Test
  void persistedElementsAreComputedOnce() {
    AtomicInteger seen = new AtomicInteger();
    Bag<Integer> kept =
        numbers(10, 3)
            .map(
                x -> {
                  seen.incrementAndGet();
                  return x * x;
                })
            .persist();
    assertThat(kept.count().compute()).isEqualTo(10);
    assertThat(kept.compute()).startsWith(0, 1, 4, 9);
    assertThat(seen).hasValue(10);
  }

  @Test
  void whatTheUsersCodeThrowsIsTold() {
    Bag<Integer> bag =
        numbers(10, 2)
            .map(
                x -> {
                  if (x == 7) {
                    throw new IOException("seven");
                  }
                  return x;
                });
    assertThatThrownBy(() -> bag.count().compute())
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("task 'count'")
        .hasMessageContaining("BagTest.java:")
        .hasRootCauseInstanceOf(IOException.class)
        .hasRootCauseMessage("seven");
    assertThat(bag.take(3)).containsExactly(0, 1, 2);
  }

  @Test
  void wrongNumbersAreRefused() {
    assertThatThrownBy(() -> numbers(3, 0))
        .isInstanceOf(UsageException.class)
        .hasMessage("a bag of 0 partitions; give at least 1");
    assertThatThrownBy(() -> numbers(3, 1).topK(-1, Comparator.naturalOrder()))
        .hasMessage("topK(-1); give 0 or more");
  }

  /** Beside Java's own streams. */
  @Test
  void randomBagsGiveWhatStreamsGive() {
    int cases = 300;
    for (long seed = 0; seed < cases; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Integer> list = random.ints(random.nextInt(200), -20, 20).boxed().toList();
      Bag<Integer> bag = session.bag(list, random.nextInt(1, 20));
      int divisor = random.nextInt(1, 6);
      Bag<Integer> some = bag.filter(x -> x % divisor != 0).map(x -> x * 3);
      List<Integer> plain = list.stream().filter(x -> x % divisor != 0).map(x -> x * 3).toList();
      var all =
          session.compute(
              some.toList(),
              some.count(),
              some.frequencies(),
              some.fold(0, Integer::sum),
              some.topK(5, Comparator.naturalOrder()),
              some.distinct().toList(),
              some.groupBy(x -> x % 4).toList());
      assertThat(all.get(0)).as("seed %d", seed).isEqualTo(plain);
      assertThat(all.get(1)).isEqualTo((long) plain.size());
      assertThat(all.get(2))
          .isEqualTo(plain.stream().collect(Collectors.groupingBy(x -> x, Collectors.counting())));
      assertThat(all.get(3)).isEqualTo(plain.stream().mapToInt(x -> x).sum());
      assertThat(all.get(4))
          .isEqualTo(plain.stream().sorted(Comparator.reverseOrder()).limit(5).toList());
      List<Integer> different = ((List<?>) all.get(5)).stream().map(x -> (Integer) x).toList();
      assertThat(different)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(plain.stream().distinct().toList());
      assertThat(
              ((List<?>) all.get(6))
                  .stream()
                      .map(entry -> (Map.Entry<?, ?>) entry)
                      .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
          .isEqualTo(plain.stream().collect(Collectors.groupingBy(x -> x % 4)));
    }
    System.out.printf("%d random bags%n", cases);
  }
}
