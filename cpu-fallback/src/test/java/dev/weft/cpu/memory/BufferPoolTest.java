package dev.weft.cpu.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferPoolTest {
  private static final long MIB = 1 << 20;

  /** A machine that ends after a number of bytes. */
  private static final class ScarcePages implements PageSource {
    private final PageSource pages = new ArenaPages();
    private long left;

    ScarcePages(long bytes) {
      left = bytes;
    }

    @Override
    public long reserve(long bytes) {
      if (bytes > left) {
        return 0;
      }
      left -= bytes;
      return pages.reserve(bytes);
    }

    @Override
    public void release(long address, long bytes) {
      left += bytes;
      pages.release(address, bytes);
    }

    @Override
    public String describe() {
      return "scarce";
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 63, 64, 65, 4096, 100_000, 200_000, 3 << 20, 50 << 20})
  void handsOutAlignedWritableBlocksAndReusesThem(long bytes) {
    for (PageSource pages : List.of(PageSource.ofThisMachine(), new ArenaPages())) {
      try (BufferPool pool = new BufferPool(1 << 30, pages)) {
        PooledBuffer buffer = pool.allocate(bytes);
        long address = buffer.address();
        assertThat(address % (bytes >= Slab.LARGEST_BLOCK ? 4096 : 64)).isZero();
        assertThat(buffer.capacity()).isGreaterThanOrEqualTo(bytes);
        Memory.fill(address, buffer.capacity(), (byte) 7);
        assertThat(Memory.getByte(address + buffer.capacity() - 1)).isEqualTo((byte) 7);
        assertThat(pool.statistics().liveBytes()).isEqualTo(buffer.capacity());
        buffer.close();
        assertThat(pool.statistics().liveBytes()).isZero();
        PooledBuffer again = pool.allocate(bytes);
        assertThat(again.address()).isEqualTo(address);
        assertThat(pool.statistics().reused()).isEqualTo(1);
        again.close();
      }
    }
  }

  @Test
  void capacitiesWasteAtMostAnEighth() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      long bytes = random.nextLong(1L << random.nextInt(1, 59)) + 1;
      int sizeClass = BufferPool.CLASSES.index(bytes);
      long capacity = BufferPool.CLASSES.capacity(sizeClass);
      assertThat(capacity).isBetween(bytes, bytes + Math.max(63, bytes / 8));
      assertThat(BufferPool.CLASSES.index(capacity)).isEqualTo(sizeClass);
      assertThat(BufferPool.CLASSES.index(capacity + 1)).isEqualTo(sizeClass + 1);
    }
  }

  @Test
  void refusesWhatExceedsTheLimitAndSaysTheNumbers() {
    try (BufferPool pool = new BufferPool(10 * MIB)) {
      PooledBuffer first = pool.allocate(6 * MIB);
      assertThatThrownBy(() -> pool.allocate(5 * MIB))
          .isInstanceOfSatisfying(
              MemoryLimitException.class,
              e -> {
                assertThat(e.requested()).isEqualTo(5 * MIB);
                assertThat(e.limit()).isEqualTo(10 * MIB);
                assertThat(e.live()).isEqualTo(6 * MIB);
              })
          .hasMessage(
              "allocate: 5.0 MiB are asked for and 6.0 MiB are in use of a limit of 10.0 MiB: "
                  + "free buffers, use smaller chunks or raise the limit");
      first.close();
    }
  }

  @Test
  void givesPooledBlocksBackBeforeItRefuses() {
    try (BufferPool pool = new BufferPool(10 * MIB)) {
      pool.allocate(6 * MIB).close();
      assertThat(pool.statistics().pooledBytes()).isEqualTo(6 * MIB);
      pool.allocate(8 * MIB).close();
      assertThat(pool.statistics().pooledBytes()).isEqualTo(8 * MIB);
    }
  }

  @Test
  void whatLiesBetweenBlocksInUseIsNotHeldAgainstAnybody() {
    try (BufferPool pool = new BufferPool(10 * MIB)) {
      PooledBuffer small = pool.allocate(64);
      assertThat(pool.statistics().pooledBytes()).isGreaterThan(MIB);
      PooledBuffer large = pool.allocate(9 * MIB);
      assertThatThrownBy(() -> pool.allocate(MIB)).isInstanceOf(MemoryLimitException.class);
      large.close();
      small.close();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pagesBetweenBlocksInUseAreGivenBack() {
    try (BufferPool pool = new BufferPool(64 * MIB, new LinuxPages())) {
      List<PooledBuffer> all = new ArrayList<>();
      for (int i = 0; i < 512; i++) {
        all.add(pool.allocate(64 << 10));
        Memory.fill(all.getLast().address(), 64 << 10, (byte) i);
      }
      for (int i = 0; i < 512; i++) {
        if (i % 32 != 0) {
          all.get(i).close();
        }
      }
      assertThat(pool.statistics().pooledBytes()).isEqualTo(31 * MIB);
      PooledBuffer large = pool.allocate(60 * MIB);
      assertThat(pool.statistics().pooledBytes()).isZero();
      assertThat(pool.statistics().liveBytes()).isEqualTo(61 * MIB);
      // What is in use has kept its content, and what was given back can be written again.
      for (int i = 0; i < 512; i += 32) {
        assertThat(Memory.getByte(all.get(i).address() + 100)).isEqualTo((byte) i);
      }
      large.close();
      long fresh = pool.statistics().fresh();
      List<PooledBuffer> again = new ArrayList<>();
      for (int i = 0; i < 496; i++) {
        again.add(pool.allocate(64 << 10));
        Memory.fill(again.getLast().address(), 64 << 10, (byte) 1);
      }
      assertThat(pool.statistics().fresh()).isEqualTo(fresh);
      assertThat(Memory.getByte(all.get(32).address() + 100)).isEqualTo((byte) 32);
      again.forEach(PooledBuffer::close);
      for (int i = 0; i < 512; i += 32) {
        all.get(i).close();
      }
      assertThat(pool.trim()).isEqualTo(32 * MIB);
    }
  }

  @Test
  void servesSmallBlocksBelowTheSizeOfASlab() {
    try (BufferPool pool = new BufferPool(1000)) {
      PooledBuffer buffer = pool.allocate(900);
      assertThatThrownBy(() -> pool.allocate(100)).isInstanceOf(MemoryLimitException.class);
      buffer.close();
    }
  }

  @Test
  void trimsWhenTheMachineHasNoMore() {
    try (BufferPool pool = new BufferPool(100 * MIB, new ScarcePages(10 * MIB))) {
      pool.allocate(6 * MIB).close();
      pool.allocate(8 * MIB).close();
      assertThatThrownBy(() -> pool.allocate(20 * MIB))
          .hasMessageContaining("the machine has no more memory");
    }
  }

  @Test
  void refusesASecondFreeAndUseAfterFree() {
    try (BufferPool pool = new BufferPool(MIB)) {
      PooledBuffer buffer = pool.allocate(100);
      buffer.close();
      assertThatThrownBy(buffer::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching("free: the buffer of 100 B at 0x[0-9a-f]+ was freed before");
      assertThatThrownBy(buffer::address).hasMessageStartingWith("address: the buffer of 100 B");
    }
  }

  @Test
  void reportsLeaksWhenClosedAndTakesThemBackLate() {
    BufferPool pool = new BufferPool(100 * MIB);
    PooledBuffer big = pool.allocate(8 * MIB);
    PooledBuffer small = pool.allocate(64);
    assertThatThrownBy(pool::close)
        .hasMessage("close: 2 buffers (8.0 MiB) were never freed: 1 of 8.0 MiB, 1 of 64 B");
    assertThatThrownBy(() -> pool.allocate(1)).hasMessage("allocate: the pool is closed");
    big.close();
    small.close();
    assertThat(pool.statistics().pooledBytes()).isZero();
  }

  @Test
  void staysExactUnderSeveralThreads() throws InterruptedException {
    try (BufferPool pool = new BufferPool(1 << 30)) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        SplittableRandom random = new SplittableRandom(t);
        threads.add(Thread.ofPlatform().start(() -> exercise(pool, random)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(pool.statistics().liveBytes()).isZero();
      assertThat(pool.statistics().liveCount()).isZero();
      pool.trim();
      assertThat(pool.statistics().pooledBytes()).isZero();
    }
  }

  private static void exercise(BufferPool pool, SplittableRandom random) {
    List<PooledBuffer> held = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      if (held.size() > 20 || (!held.isEmpty() && random.nextBoolean())) {
        PooledBuffer buffer = held.remove(random.nextInt(held.size()));
        if (Memory.getLong(buffer.address()) != buffer.address()) {
          throw new IllegalStateException("another thread wrote to " + buffer);
        }
        buffer.close();
      } else {
        PooledBuffer buffer = pool.allocate(8 + random.nextInt(1 << random.nextInt(1, 20)));
        Memory.putLong(buffer.address(), buffer.address());
        held.add(buffer);
      }
    }
    held.forEach(PooledBuffer::close);
  }
}
