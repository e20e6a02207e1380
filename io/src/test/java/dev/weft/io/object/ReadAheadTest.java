package dev.weft.io.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final int SIZE = 20 << 20;

  /** One object in memory, and the ranges that were asked for. */
  private static final class OneObject implements ObjectStore {
    private final byte[] bytes = new byte[SIZE];
    private final List<Long> lengths = Collections.synchronizedList(new ArrayList<>());

    OneObject() {
      new SplittableRandom(3).nextBytes(bytes);
    }

    StoredObject object() {
      return StoredObject.of("x", SIZE, 0, "tag");
    }

    @Override
    public void read(StoredObject object, long offset, MemorySegment target) {
      lengths.add(target.byteSize());
      target.copyFrom(MemorySegment.ofArray(bytes).asSlice(offset, target.byteSize()));
    }

    @Override
    public String description() {
      return "memory://one";
    }

    @Override
    public int connections() {
      return 4;
    }

    @Override
    public StoredObject find(String key) {
      throw new AssertionError("only ranges are read");
    }

    @Override
    public StoredObject get(String key, LongFunction<MemorySegment> room) {
      throw new AssertionError("only ranges are read");
    }

    @Override
    public Listing list(String prefix, boolean deep, int most) {
      throw new AssertionError("only ranges are read");
    }

    @Override
    public void put(String key, MemorySegment value) {
      throw new AssertionError("nothing is written");
    }

    @Override
    public boolean putIfAbsent(String key, MemorySegment value) {
      throw new AssertionError("nothing is written");
    }

    @Override
    public void delete(List<String> keys) {
      throw new AssertionError("nothing is written");
    }

    @Override
    public Upload upload(String key) {
      throw new AssertionError("nothing is written");
    }

    @Override
    public void close() {}
  }

  @Test
  void smallReadsInARowAreFewRequests() throws IOException {
    OneObject store = new OneObject();
    try (ObjectChannel channel = new ObjectChannel(store, store.object())) {
      byte[] all = new byte[SIZE];
      ByteBuffer window = ByteBuffer.allocate(10_000);
      int at = 0;
      for (int count = channel.read(window); count >= 0; count = channel.read(window)) {
        window.flip().get(all, at, count);
        window.clear();
        at += count;
      }
      assertThat(all).isEqualTo(store.bytes);
      // 256 KiB, then always twice as much, up to 4 MiB.
      assertThat(store.lengths).hasSizeLessThan(12).startsWith(256L << 10, 512L << 10, 1L << 20);
    }
  }

  @Test
  void longReadsAreCut() throws IOException {
    OneObject store = new OneObject();
    try (ObjectChannel channel = new ObjectChannel(store, store.object())) {
      ByteBuffer all = ByteBuffer.allocate(SIZE);
      assertThat(channel.read(all, 0)).isEqualTo(SIZE);
      assertThat(all.array()).isEqualTo(store.bytes);
      assertThat(store.lengths).containsExactlyInAnyOrder(8L << 20, 8L << 20, 4L << 20);
    }
  }

  @Test
  void readsOfAnyPlaceAndLengthAreRight() throws IOException {
    OneObject store = new OneObject();
    SplittableRandom random = new SplittableRandom(1);
    try (ObjectChannel channel = new ObjectChannel(store, store.object())) {
      for (int i = 0; i < 200; i++) {
        int from = random.nextInt(SIZE);
        int length = 1 + random.nextInt(random.nextBoolean() ? 300 : 6 << 20);
        ByteBuffer some = ByteBuffer.allocate(length);
        int count = channel.read(some, from);
        assertThat(count).isEqualTo(Math.min(length, SIZE - from));
        assertThat(
                MemorySegment.ofArray(store.bytes)
                    .asSlice(from, count)
                    .mismatch(MemorySegment.ofArray(some.array()).asSlice(0, count)))
            .isEqualTo(-1);
      }
      assertThat(channel.read(ByteBuffer.allocate(1), SIZE)).isEqualTo(-1);
    }
  }

  @Test
  void theFirstFailureEndsAll() {
    List<ParallelRequests.Request> requests = new ArrayList<>();
    List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 1000; i++) {
      int number = i;
      requests.add(
          () -> {
            begun.add(number);
            throw new IOException("request " + number);
          });
    }
    assertThatThrownBy(() -> ParallelRequests.run(requests, 4))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("request ");
    assertThat(begun).hasSizeLessThan(1000);
  }
}
