package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.dtype.DType;
import dev.weft.core.error.UsageException;
import dev.weft.core.expr.ArraySource;
import dev.weft.core.shape.Chunks;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sources that keep their elements in chunks. */
class SourceChunksTest {
  private final Session session =
      Session.open(
          SessionConfig.defaults()
              .withDevice("reference")
              .withMemoryLimit(1L << 26)
              .withChunkBytes(64 << 10));

  @AfterEach
  void close() {
    session.close();
  }

  /** Zeros in chunks; remembers what was read. */
  private record Store(Shape shape, Chunks own, List<Region> reads) implements ArraySource {
    Store(Shape shape, Chunks own) {
      this(shape, own, new CopyOnWriteArrayList<>());
    }

    @Override
    public DType dtype() {
      return DType.FLOAT32;
    }

    @Override
    public String description() {
      return "a store";
    }

    @Override
    public Optional<Chunks> chunks() {
      return Optional.of(own);
    }

    @Override
    public void read(Region region, MemorySegment target) {
      target.fill((byte) 0);
      reads.add(region);
    }
  }

  /** 64 KiB hold 16,384 elements, so 5 chunks of 3,000: 4 of them. */
  @Test
  void wholeChunksAreReadOnce() {
    Shape shape = Shape.of(300, 350);
    Store store = new Store(shape, Chunks.regular(shape, 60, 50));
    NDArray x = session.array(store);
    assertThat(x.chunks()).hasToString("[5*60 x 2*200]");
    assertThat(x.add(1).sum().toDouble()).isEqualTo(105_000);
    assertThat(store.reads)
        .hasSize(10)
        .allMatch(region -> region.start()[0] % 60 == 0 && region.extents()[0] == 60)
        .allMatch(region -> region.start()[1] % 50 == 0 && region.extents()[1] % 50 == 0);
    assertThat(store.reads.stream().mapToLong(Region::size).sum()).isEqualTo(105_000);
  }

  @Test
  void chunksThatAreAskedForComeFirst() {
    Shape shape = Shape.of(300);
    Store store = new Store(shape, Chunks.regular(shape, 60));
    assertThat(session.array(store, ChunkSpec.of(100)).chunks()).hasToString("[3*100]");
    assertThat(session.array(store, ChunkSpec.auto()).chunks()).hasToString("[300]");
  }

  @Test
  void chunksOfAnotherShapeAreRefused() {
    Store store = new Store(Shape.of(300), Chunks.regular(Shape.of(301), 60));
    assertThatThrownBy(() -> session.array(store))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "a store has chunks [6*60] of shape (301,), but shape (300,) itself; let chunks() cut the source's own shape");
  }
}
