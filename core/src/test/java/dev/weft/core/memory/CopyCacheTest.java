package dev.weft.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.expr.Identity;
import dev.weft.core.place.MemoryAccount;
import dev.weft.core.shape.Region;
import dev.weft.core.shape.Shape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CopyCacheTest {
  private static final Shape SHAPE = Shape.of(100);

  private final MemoryAccount account = new MemoryAccount(100);
  private final CopyCache cache = new CopyCache(account);

  /** Memory that nobody looks at. */
  private static final class Buffer implements DeviceBuffer {
    private final long bytes;
    private boolean closed;

    Buffer(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public @Nullable MemorySegment host() {
      return null;
    }

    @Override
    public MemorySegment memory() {
      return MemorySegment.NULL;
    }

    @Override
    public void close() {
      assertThat(closed).as("closed twice").isFalse();
      closed = true;
    }
  }

  private static Region region(int part) {
    return new Region(new long[] {part}, new long[] {1});
  }

  /** A job copies parts of a source, takes their memory and gives all back at its end. */
  private List<Buffer> job(Identity source, int first, int count, long bytes) {
    long job = cache.begin();
    cache.reads(source, SHAPE, job);
    List<Buffer> made = new ArrayList<>();
    for (int part = first; part < first + count; part++) {
      account.take(bytes);
      Buffer buffer = new Buffer(bytes);
      made.add(buffer);
      cache.add(source, SHAPE, region(part), buffer, job);
    }
    for (Buffer buffer : made) {
      account.give(bytes);
      cache.release(buffer);
    }
    return made;
  }

  private boolean has(Identity source, int part) {
    return cache.has(source, SHAPE, region(part));
  }

  @Test
  void whatNobodyUsesCountsAsFreeAndGivesWay() {
    Identity source = new Identity.OfMemory();
    List<Buffer> made = job(source, 0, 4, 10);
    assertThat(account.free()).isEqualTo(100);
    assertThat(cache.idleBytes()).isEqualTo(40);
    assertThat(account.tryTake(75, 0)).isTrue();
    assertThat(made).filteredOn(buffer -> buffer.closed).hasSize(2);
    assertThat(cache.idleBytes()).isEqualTo(20);
    account.take(30);
    assertThat(made).allMatch(buffer -> buffer.closed);
    assertThat(has(source, 0)).isFalse();
  }

  @Test
  void whatIsInUseStays() {
    Identity source = new Identity.OfMemory();
    Buffer made = job(source, 0, 1, 10).getFirst();
    long job = cache.begin();
    cache.reads(source, SHAPE, job);
    account.take(10);
    assertThat(cache.borrow(source, SHAPE, region(0))).isSameAs(made);
    assertThat(cache.borrow(source, SHAPE, region(0))).isSameAs(made);
    assertThat(cache.giveUp(Long.MAX_VALUE)).isZero();
    account.take(200);
    cache.release(made);
    assertThat(made.closed).isFalse();
    cache.release(made);
    // There is no room now.
    assertThat(made.closed).isTrue();
    assertThat(has(source, 0)).isFalse();
  }

  @Test
  void theShareIsNotPassedAndTheOldestGoFirst() {
    Identity a = new Identity.OfMemory();
    Identity b = new Identity.OfMemory();
    Identity c = new Identity.OfMemory();
    job(a, 0, 2, 10);
    job(b, 0, 2, 10);
    job(a, 2, 0, 10);
    job(c, 0, 2, 10);
    assertThat(cache.idleBytes()).isEqualTo(50);
    assertThat(has(a, 0) && has(a, 1) && has(c, 0) && has(c, 1)).isTrue();
    assertThat(has(b, 0) ^ has(b, 1)).isTrue();
  }

  @Test
  void aSourcePushesOutNothingOfItsOwnJob() {
    Identity a = new Identity.OfMemory();
    job(a, 0, 9, 10);
    for (int part = 0; part < 9; part++) {
      assertThat(has(a, part)).as("part %d", part).isEqualTo(part < 5);
    }
  }

  @Test
  void anotherJobsCopyOfTheSameIsClosed() {
    Identity source = new Identity.OfMemory();
    long job = cache.begin();
    Buffer first = new Buffer(10);
    Buffer second = new Buffer(10);
    cache.add(source, SHAPE, region(0), first, job);
    cache.add(source, SHAPE, region(0), second, job);
    cache.release(second);
    assertThat(second.closed).isTrue();
    cache.release(first);
    assertThat(first.closed).isFalse();
  }

  @Test
  void shapesAndVersionsAreToldApart() {
    Identity old = new Identity.OfFile("x", "1", 1, 8);
    Identity same = new Identity.OfFile("x", "1", 1, 8);
    Identity changed = new Identity.OfFile("x", "1", 2, 8);
    job(old, 0, 1, 10);
    assertThat(has(same, 0)).isTrue();
    assertThat(has(changed, 0)).isFalse();
    assertThat(cache.has(same, Shape.of(10, 10), region(0))).isFalse();
  }

  @Test
  void whatIsForgottenGoesWhenTheNextJobBegins() throws InterruptedException {
    List<Buffer> made = job(new Identity.OfMemory(), 0, 1, 10);
    for (int i = 0; i < 1000 && !made.getFirst().closed; i++) {
      System.gc();
      Thread.sleep(2);
      cache.begin();
    }
    assertThat(made.getFirst().closed).isTrue();
    assertThat(cache.idleBytes()).isZero();
  }

  @Test
  void afterTheEndNothingStays() {
    Identity source = new Identity.OfMemory();
    Buffer idle = job(source, 0, 1, 10).getFirst();
    long job = cache.begin();
    Buffer used = new Buffer(10);
    cache.add(source, SHAPE, region(1), used, job);
    cache.close();
    assertThat(idle.closed).isTrue();
    assertThat(used.closed).isFalse();
    cache.release(used);
    assertThat(used.closed).isTrue();
    Buffer late = job(source, 2, 1, 10).getFirst();
    assertThat(late.closed).isTrue();
    assertThat(account.free()).isEqualTo(100);
  }
}
