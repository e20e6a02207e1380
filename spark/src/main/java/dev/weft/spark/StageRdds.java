package dev.weft.spark;

import dev.weft.core.SlicedJob;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The stages of a job as RDDs of chunks: each partition is a slice, and what slices read of earlier
 * stages is sent to them by a shuffle, unless it is where they are. What has gone with an executor
 * is computed again by Spark, with the same bits.
 */
final class StageRdds implements AutoCloseable {
  /** Bytes of chunks that a slice leaves, about: they are on Java's heap while it runs. */
  private static final long SLICE_BYTES = 32L << 20;

  /** Slices for each core, so that a slow executor gets fewer. */
  private static final int PER_CORE = 3;

  private final JavaSparkContext spark;
  private final SlicedJob job;
  private final Broadcast<ExecutorJob> shared;
  private final Map<Integer, JavaRDD<Chunk>> made = new HashMap<>();
  private final Map<Integer, Home> homes = new HashMap<>();
  private final List<JavaRDD<Chunk>> all = new ArrayList<>();

  /** The only stage that makes an array, cut into slices; stage -1 where there are several. */
  private record Home(int stage, int slices) {}

  /** The stages of {@code job}, which executors know as {@code shared}. */
  StageRdds(JavaSparkContext spark, SlicedJob job, Broadcast<ExecutorJob> shared) {
    this.spark = spark;
    this.job = job;
    this.shared = shared;
    for (int stage : job.stages()) {
      JavaRDD<Chunk> chunks = chunks(stage);
      chunks.setName(job.label(stage));
      chunks.persist(StorageLevel.MEMORY_AND_DISK());
      all.add(chunks);
      for (int array : written(stage)) {
        made.merge(array, chunks, JavaRDD::union);
        homes.merge(
            array, new Home(stage, chunks.getNumPartitions()), (one, other) -> new Home(-1, 0));
      }
    }
  }

  private Set<Integer> written(int stage) {
    Set<Integer> arrays = new TreeSet<>();
    for (long task = 0; task < job.tasks(stage); task++) {
      job.writes(stage, task, (array, chunk) -> arrays.add(array));
    }
    return arrays;
  }

  private int slices(int stage) {
    long[] bytes = {0};
    for (long task = 0; task < job.tasks(stage); task++) {
      job.writes(stage, task, (array, chunk) -> bytes[0] += job.bytes(array, chunk));
    }
    long wanted = Math.max(bytes[0] / SLICE_BYTES, (long) PER_CORE * spark.defaultParallelism());
    return Math.clamp(Math.min(wanted, job.slices(stage).most()), 1, 1 << 20);
  }

  private JavaRDD<Chunk> chunks(int stage) {
    int slices = slices(stage);
    StageReaders readers = new StageReaders(job, stage, slices);
    Set<JavaRDD<Chunk>> from = new LinkedHashSet<>();
    readers.arrays().forEach(array -> from.add(made.get(array)));
    Broadcast<ExecutorJob> on = shared;
    if (from.isEmpty()) {
      List<Integer> numbers = IntStream.range(0, slices).boxed().toList();
      return spark
          .parallelize(numbers, slices)
          .flatMap(
              slice -> on.value().run(stage, slice, slices, Collections.<Chunk>emptyIterator()));
    }
    if (isLocal(readers, slices)) {
      return from.iterator()
          .next()
          .mapPartitionsWithIndex(
              (slice, inputs) -> on.value().run(stage, slice, slices, inputs), true);
    }
    List<JavaPairRDD<Integer, Chunk>> sent = new ArrayList<>();
    for (JavaRDD<Chunk> chunks : from) {
      sent.add(chunks.flatMapToPair(chunk -> sent(on.value(), stage, slices, chunk)));
    }
    JavaPairRDD<Integer, Chunk> all = sent.stream().reduce(JavaPairRDD::union).orElseThrow();
    // A number goes to the partition of its own.
    return all.partitionBy(new HashPartitioner(slices))
        .mapPartitionsWithIndex(
            (slice, inputs) -> on.value().run(stage, slice, slices, values(inputs)), true);
  }

  private boolean isLocal(StageReaders readers, int slices) {
    Set<Home> from = new LinkedHashSet<>();
    readers.arrays().forEach(array -> from.add(homes.get(array)));
    Home only = from.iterator().next();
    return from.size() == 1
        && only.stage() >= 0
        && only.slices() == slices
        && readers.isLocal(job, only.stage(), slices);
  }

  private static Iterator<Tuple2<Integer, Chunk>> sent(
      ExecutorJob job, int stage, int slices, Chunk chunk) {
    return IntStream.of(job.readers(stage, slices, chunk))
        .mapToObj(slice -> new Tuple2<>(slice, chunk))
        .iterator();
  }

  private static Iterator<Chunk> values(Iterator<Tuple2<Integer, Chunk>> pairs) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return pairs.hasNext();
      }

      @Override
      public Chunk next() {
        return pairs.next()._2();
      }
    };
  }

  /** Computes the chunks of an array, on the executors, where they stay. */
  JavaRDD<Chunk> computed(int array) {
    JavaRDD<Chunk> chunks =
        Objects.requireNonNull(made.get(array), "results are made by stages")
            .filter(chunk -> chunk.array() == array);
    chunks.count();
    return chunks;
  }

  /** Executors drop all chunks. */
  @Override
  public void close() {
    all.forEach(chunks -> chunks.unpersist(false));
  }
}
