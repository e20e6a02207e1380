package dev.weft.cpu.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.Axes;
import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.testkit.LongSuites;
import dev.weft.testkit.random.RandomExpression;
import dev.weft.testkit.random.RandomExpressions;
import dev.weft.testkit.session.SlicedRuns;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever the slices of a job, their order and repetitions: the bits are those of one run. */
final class SlicedJobRandomTest {
  private static final int COUNT = LongSuites.part(2000);
  private static final List<ChunkSpec> CHUNKS =
      List.of(ChunkSpec.of(1), ChunkSpec.of(3), ChunkSpec.of(7));

  private static SessionConfig config(int threads) {
    return SessionConfig.defaults()
        .withDevice("cpu")
        .withThreads(threads)
        .withChunkBytes(1 << 16)
        .withMemoryLimit(1L << 28);
  }

  private static byte[] bytes(HostArray array) {
    return array.segment().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
  }

  private static void requireSame(
      SlicedRuns runs, Session one, Session other, Function<Session, List<NDArray>> build) {
    List<HostArray> expected = one.compute(build.apply(one));
    List<HostArray> sliced = runs.compute(one, build.apply(one), other, build.apply(other));
    for (int i = 0; i < expected.size(); i++) {
      assertThat(sliced.get(i).dtype()).isEqualTo(expected.get(i).dtype());
      assertThat(sliced.get(i).shape()).isEqualTo(expected.get(i).shape());
      assertThat(bytes(sliced.get(i))).isEqualTo(bytes(expected.get(i)));
    }
    expected.forEach(HostArray::close);
    sliced.forEach(HostArray::close);
  }

  @Test
  void randomExpressionsHaveTheBitsOfOneRun() {
    SlicedRuns runs = new SlicedRuns(7);
    try (Session one = Session.open(config(2));
        Session other = Session.open(config(1))) {
      for (long seed = 0; seed < COUNT; seed++) {
        RandomExpression expression = RandomExpressions.draw(seed);
        ChunkSpec chunks = CHUNKS.get((int) (seed % CHUNKS.size()));
        try {
          requireSame(runs, one, other, session -> expression.build(session, chunks));
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("seed " + seed + ", chunks " + chunks + "\n" + expression, e);
        }
      }
      assertThat(one.memory().live()).isZero();
      assertThat(other.memory().live()).isZero();
    }
    assertThat(runs.again()).isGreaterThan(COUNT / 4);
  }

  /** What random expressions do not have: products, running sums, routines, random numbers. */
  @Test
  void everyKindOfStageHasTheBitsOfOneRun() {
    SlicedRuns runs = new SlicedRuns(8).failingEach(97);
    List<Function<Session, NDArray>> kinds =
        List.of(
            s -> normal(s).matmul(normal(s).t()),
            s -> normal(s).rechunk(7, 300).add(normal(s).rechunk(128, 11)).std(1),
            s -> normal(s).cumsum(1).cumsum(0).sum(),
            s -> normal(s).cumsum(1).slice(":, -1"),
            s -> normal(s).reshape(300, 100).sum(1).cumprod(0),
            s -> normal(s).cumsum(1).reshape(300, 100).cumsum(0).reshape(30000).slice("7:-7"),
            s -> normal(s).sort(1),
            s -> normal(s).fft().abs().mean(0),
            s ->
                normal(s)
                    .subtract(normal(s).mean(Axes.of(1).keepDims()))
                    .divide(normal(s).std(Axes.of(1).keepDims())),
            s -> s.concatenate(0, normal(s), normal(s).multiply(2)).argmax(0),
            s -> normal(s).take(new long[] {5, 3, 3, 99}, 0).var(0));
    try (Session one = Session.open(config(2));
        Session other = Session.open(config(1))) {
      for (Function<Session, NDArray> kind : kinds) {
        for (int again = 0; again < 5; again++) {
          requireSame(runs, one, other, session -> List.of(kind.apply(session)));
        }
      }
      assertThat(one.memory().live()).isZero();
    }
    assertThat(runs.failures()).isPositive();
    System.out.printf(
        "slices: %d calls of the exchange failed, %d slices run again, the bits of one run%n",
        runs.failures(), runs.again());
  }

  private static NDArray normal(Session session) {
    return session.random(3).normal(100, 300).rechunk(16, 64);
  }
}
