package dev.weft.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.dtype.DType;
import dev.weft.core.error.WeftException;
import dev.weft.io.ArrayFiles;
import dev.weft.io.WriteOptions;
import dev.weft.testkit.store.FaultyProxy;
import dev.weft.testkit.store.StoreFault;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs over a connection and a store that fail now and then, by plans that a seed repeats. */
class S3FaultsTest {
  private static Session session;

  @BeforeAll
  static void open() {
    Servers.server().create("faults");
    session = Session.open(SessionConfig.defaults().withDevice("reference").withThreads(2));
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static NDArray numbers(long... shape) {
    long size = shape[0] * shape[1];
    return session.arange(size).cast(DType.FLOAT64).reshape(shape);
  }

  /** Writes and reads a Zarr store and an npy file of several parts; gives what was read. */
  private static void job(FileSystem bucket, String name) {
    NDArray x = numbers(60, 60);
    Path zarr = Servers.path(bucket, name + ".zarr/group/x");
    session.computeTo(
        List.of(x), List.of(ArrayFiles.target(zarr, WriteOptions.PLAIN.withChunk(20, 20))));
    assertThat(session.load(zarr).compute().toDoubleArray()).isEqualTo(x.compute().toDoubleArray());
    NDArray large = numbers(1200, 1000);
    Path npy = Servers.path(bucket, name + ".npy");
    large.save(npy);
    assertThat(session.load(npy).slice("::13,::7").compute().toDoubleArray())
        .isEqualTo(large.slice("::13,::7").compute().toDoubleArray());
  }

  /**
   * An upload whose beginning is answered to nobody has a name that nobody knows: it is begun
   * again, and what it leaves goes by a rule of the bucket.
   */
  private static boolean beginsUpload(FaultyProxy.Request request) {
    return request.method().equals("POST") && request.target().endsWith("?uploads");
  }

  /** One of six requests fails in one way. */
  @ParameterizedTest
  @EnumSource(
      value = StoreFault.class,
      names = {"NONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void eachKindIsSurvived(StoreFault fault) throws IOException {
    SplittableRandom random = new SplittableRandom(fault.ordinal());
    try (FaultyProxy proxy =
            FaultyProxy.before(
                Servers.server().endpoint(),
                request -> {
                  synchronized (random) {
                    return random.nextInt(6) == 0 && !beginsUpload(request)
                        ? fault
                        : StoreFault.NONE;
                  }
                });
        FileSystem bucket = Servers.bucket("faults", proxy.endpoint(), Map.of("attempts", 10))) {
      job(bucket, "kind-" + fault);
      int injected = proxy.counts().getOrDefault(fault, 0);
      System.out.printf(
          "s3 faults: %s: %d of %d requests, all survived%n", fault, injected, proxy.seen().size());
      assertThat(injected).isPositive();
    }
    assertThat(Servers.server().uploads("faults")).isEmpty();
  }

  /** All kinds together, and so many that some jobs fail: those leave nothing. */
  @Test
  void jobsSucceedOrLeaveNothing() throws IOException {
    StoreFault[] kinds = StoreFault.values();
    Map<StoreFault, Integer> injected = new EnumMap<>(StoreFault.class);
    int survived = 0;
    int failed = 0;
    for (int seed = 0; seed < 6; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rarity = seed % 3 == 2 ? 2 : 6;
      try (FaultyProxy proxy =
              FaultyProxy.before(
                  Servers.server().endpoint(),
                  request -> {
                    synchronized (random) {
                      // What takes back must come through, as it would a little later.
                      boolean spared =
                          beginsUpload(request)
                              || request.method().equals("DELETE")
                              || request.method().equals("HEAD")
                              || request.target().contains("delete")
                              || request.target().contains("list-type");
                      return random.nextInt(rarity) > 0 || spared
                          ? StoreFault.NONE
                          : kinds[1 + random.nextInt(kinds.length - 1)];
                    }
                  });
          FileSystem bucket =
              Servers.bucket(
                  "faults", proxy.endpoint(), Map.of("attempts", seed % 3 == 2 ? 1 : 4))) {
        String name = "seed-" + seed;
        boolean done = true;
        try {
          job(bucket, name);
          survived++;
        } catch (WeftException e) {
          done = false;
          failed++;
        }
        proxy.counts().forEach((kind, count) -> injected.merge(kind, count, Integer::sum));
        assertComplete(name, done);
      }
    }
    System.out.printf(
        "s3 faults: injected %s; of %d jobs %d survived, %d failed and left nothing%n",
        injected, survived + failed, survived, failed);
    assertThat(survived).isPositive();
    assertThat(failed).isPositive();
    assertThat(Servers.server().uploads("faults")).isEmpty();
  }

  /** Whatever has become of the job: no chunk without metadata, no claim, no part. */
  private static void assertComplete(String name, boolean done) throws IOException {
    List<String> keys =
        Servers.server().keys("faults").stream().filter(k -> k.startsWith(name + ".")).toList();
    boolean zarr = keys.contains(name + ".zarr/group/x/zarr.json");
    assertThat(keys.stream().filter(k -> k.startsWith(name + ".zarr/group/x/")).count())
        .as("%s", keys)
        .isEqualTo(zarr ? 10 : 0);
    if (keys.contains(name + ".npy")) {
      assertThat(Servers.server().get("faults", name + ".npy")).hasSize(128 + 9_600_000);
    }
    assertThat(!done || zarr).isTrue();
  }

  @Test
  void damageIsNoticed() throws IOException {
    AtomicInteger damaged = new AtomicInteger();
    try (FaultyProxy proxy =
            FaultyProxy.before(
                Servers.server().endpoint(),
                request ->
                    request.method().equals("GET")
                            && request.target().endsWith("c.0.0")
                            && damaged.decrementAndGet() >= 0
                        ? StoreFault.DAMAGED
                        : StoreFault.NONE);
        FileSystem bucket = Servers.bucket("faults", proxy.endpoint(), Map.of("attempts", 3))) {
      NDArray x = numbers(10, 10);
      Path zarr = Servers.path(bucket, "damaged.zarr");
      x.save(zarr);
      damaged.set(2);
      assertThat(session.load(zarr).compute().toDoubleArray())
          .isEqualTo(x.compute().toDoubleArray());
      assertThat(proxy.counts().get(StoreFault.DAMAGED)).isEqualTo(2);
      damaged.set(Integer.MAX_VALUE);
      assertThatThrownBy(() -> session.load(zarr).compute())
          .isInstanceOf(WeftException.class)
          .hasMessageContaining("s3://faults/damaged.zarr")
          .hasMessageContaining("what came has another checksum than the store says");
    }
  }

  @Test
  void connectionsAreBounded() throws IOException {
    try (FaultyProxy proxy =
            FaultyProxy.before(Servers.server().endpoint(), request -> StoreFault.SLOW);
        FileSystem bucket = Servers.bucket("faults", proxy.endpoint(), Map.of("connections", 3))) {
      NDArray x = numbers(48, 48);
      Path zarr = Servers.path(bucket, "bounded.zarr");
      session.computeTo(
          List.of(x), List.of(ArrayFiles.target(zarr, WriteOptions.PLAIN.withChunk(16, 16))));
      assertThat(session.load(zarr).sum().compute().item()).isEqualTo(2304 * 2303 / 2.0);
      assertThat(proxy.most()).isEqualTo(3);
    }
  }

  @Test
  void nearRangesAreOneRequest() throws IOException {
    try (FaultyProxy proxy =
            FaultyProxy.before(Servers.server().endpoint(), request -> StoreFault.NONE);
        FileSystem bucket = Servers.bucket("faults", proxy.endpoint(), Map.of())) {
      numbers(500, 300).save(Servers.path(bucket, "ranges.npy"));
      int before = ranges(proxy);
      NDArray column = session.load(Servers.path(bucket, "ranges.npy")).slice(":,7");
      assertThat(column.compute().toDoubleArray()).hasSize(500);
      // The begin of the file, and one range that holds all 500 elements.
      assertThat(ranges(proxy) - before).isLessThanOrEqualTo(6);
    }
  }

  /** Each request takes some 20 to 50 ms of somebody who waits for a first result. */
  @Test
  void openingTakesFewRequests() throws IOException {
    try (FaultyProxy proxy =
            FaultyProxy.before(Servers.server().endpoint(), request -> StoreFault.NONE);
        FileSystem bucket = Servers.bucket("faults", proxy.endpoint(), Map.of())) {
      numbers(4, 4).save(Servers.path(bucket, "few.npy"));
      numbers(4, 4).save(Servers.path(bucket, "few.zarr"));
      for (String name : List.of("few.npy", "few.zarr")) {
        int before = proxy.seen().size();
        ArrayFiles.source(Servers.path(bucket, name)).close();
        assertThat(proxy.seen().subList(before, proxy.seen().size()))
            .as(name)
            .hasSizeLessThanOrEqualTo(6);
      }
    }
  }

  /**
   * Each chunk is a request; the shard is looked at by those that begin together, and at the end.
   */
  @Test
  void chunksOfAShardAreARequestEach() throws IOException {
    try (FaultyProxy proxy =
            FaultyProxy.before(Servers.server().endpoint(), request -> StoreFault.NONE);
        FileSystem bucket = Servers.bucket("faults", proxy.endpoint(), Map.of())) {
      Path zarr = Servers.path(bucket, "shards.zarr");
      WriteOptions shards = WriteOptions.PLAIN.withChunk(8, 8).withShards(64, 64);
      session.computeTo(List.of(numbers(64, 64)), List.of(ArrayFiles.target(zarr, shards)));
      int before = proxy.seen().size();
      assertThat(session.load(zarr).sum().compute().item()).isEqualTo(4096 * 4095 / 2.0);
      List<FaultyProxy.Request> read = proxy.seen().subList(before, proxy.seen().size());
      List<FaultyProxy.Request> shard =
          read.stream().filter(request -> request.target().endsWith("c.0.0")).toList();
      // 64 chunks and the index, which several threads may fetch at the same time.
      assertThat(shard.stream().filter(FaultyProxy.Request::isRange)).hasSizeBetween(65, 130);
      assertThat(shard.stream().filter(request -> request.method().equals("HEAD")))
          .hasSizeLessThan(40);
    }
  }

  private static int ranges(FaultyProxy proxy) {
    return (int) proxy.seen().stream().filter(FaultyProxy.Request::isRange).count();
  }
}
