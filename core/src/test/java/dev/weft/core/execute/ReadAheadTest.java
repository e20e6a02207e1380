package dev.weft.core.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Sources that must be read: by whom, how often, and within which memory. */
class ReadAheadTest {
  private static final int LENGTH = 1 << 20;
  private static final int CHUNK = 1 << 13;
  private static final long LIMIT = 1 << 20;

  private final List<Region> regions = new CopyOnWriteArrayList<>();
  private final Set<String> threads = ConcurrentHashMap.newKeySet();

  /** Elements are their positions. */
  private final class Positions implements ArraySource {
    @Override
    public Shape shape() {
      return Shape.of(LENGTH);
    }

    @Override
    public DType dtype() {
      return DType.FLOAT64;
    }

    @Override
    public String description() {
      return "positions";
    }

    @Override
    public void read(Region region, MemorySegment target) {
      regions.add(region);
      threads.add(Thread.currentThread().getName());
      for (long i = 0; i < region.size(); i++) {
        target.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, region.start()[0] + i);
      }
    }
  }

  private static Session open() {
    return Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(LIMIT));
  }

  @Test
  void eachChunkIsReadOnceByThreadsOfItsOwn() {
    try (Session session = open()) {
      NDArray x = session.array(new Positions(), ChunkSpec.of(CHUNK));
      assertThat(x.sum().toDouble()).isEqualTo(LENGTH * (LENGTH - 1.0) / 2);
      assertThat(regions).hasSize(LENGTH / CHUNK).doesNotHaveDuplicates();
      assertThat(threads).allMatch(name -> name.startsWith("weft-read-"));
      assertThat(session.memory().peak()).isLessThanOrEqualTo(LIMIT);
    }
  }

  @Test
  void ofASliceOnlyThePartIsRead() {
    try (Session session = open()) {
      NDArray x = session.array(new Positions(), ChunkSpec.of(CHUNK));
      assertThat(x.slice("100:103").sum().toDouble()).isEqualTo(303);
      assertThat(regions).containsExactly(new Region(new long[] {100}, new long[] {3}));
    }
  }

  /** Eight times the limit, twice over: what is forgotten is read again, and never written. */
  @Test
  void whatFindsNoRoomIsReadAgain() {
    try (Session session = open()) {
      NDArray x = session.array(new Positions(), ChunkSpec.of(CHUNK));
      double mean = (LENGTH - 1) / 2.0;
      assertThat(x.subtract(x.mean()).abs().max().toDouble()).isEqualTo(mean);
      assertThat(regions).hasSizeBetween(LENGTH / CHUNK, 2 * LENGTH / CHUNK);
      assertThat(session.memory().peak()).isLessThanOrEqualTo(LIMIT);
    }
  }
}
