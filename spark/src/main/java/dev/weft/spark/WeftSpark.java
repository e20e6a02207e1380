package dev.weft.spark;

import dev.weft.cli.cluster.FolderExchange;
import dev.weft.cli.cluster.PlanFile;
import dev.weft.cli.cluster.PlannedJob;
import dev.weft.core.SessionConfig;
import dev.weft.core.SlicedJob;
import dev.weft.core.error.DeviceException;
import dev.weft.io.file.FileOperations;
import dev.weft.io.file.Trees;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs jobs on the executors of Apache Spark, with the bits of one process. Executors read the
 * inputs, which must lie where all of them reach them; the driver writes the results.
 *
 * <pre>{@code
 * PlanFile plan = PlanFile.read(Path.of("plan.weft"));   // by: weft plan JOB --to RESULT -o plan.weft
 * WeftSpark.run(context, plan, SessionConfig.defaults());
 * }</pre>
 *
 * <p>Settings of Spark: {@code spark.weft.memory} is what a job may take on an executor outside of
 * Java's heap, 512m if it is not set; {@code spark.executor.cores} are its threads.
 */
public final class WeftSpark {
  private static final String MEMORY = "spark.weft.memory";

  private WeftSpark() {}

  /**
   * Runs the job of a plan; its results are complete afterwards.
   *
   * @param limits threads and memory of the driver, and its folder for chunks of results
   * @throws dev.weft.core.error.UsageException when driver or executors would not give the bits of
   *     the process that wrote the plan
   * @throws DeviceException when the job has failed; names the failure of the task
   */
  public static void run(JavaSparkContext spark, PlanFile plan, SessionConfig limits) {
    SparkConf conf = spark.getConf();
    ExecutorJob executors =
        new ExecutorJob(
            plan, conf.getInt("spark.executor.cores", 0), conf.getSizeAsBytes(MEMORY, "512m"));
    Broadcast<ExecutorJob> shared = spark.broadcast(executors);
    try (executors;
        PlannedJob planned = PlannedJob.open(plan, limits)) {
      Path folder = Files.createTempDirectory(limits.spillFolder(), "weft-spark-");
      try (StageRdds stages = new StageRdds(spark, planned.job(), shared)) {
        FolderExchange results = new FolderExchange(folder);
        collect(planned.job(), stages, results);
        planned.job().finish(planned.targets(), results);
      } finally {
        Trees.delete(folder, FileOperations.SYSTEM);
      }
    } catch (IOException e) {
      throw new DeviceException(
          "chunks of results cannot be kept on the driver: %s. Check the disk of %s, or name another folder by --spill"
              .formatted(e, limits.spillFolder()),
          e);
    } finally {
      shared.destroy();
    }
  }

  /** Brings the chunks of results to the driver, those of one slice after the other. */
  private static void collect(SlicedJob job, StageRdds stages, FolderExchange results)
      throws IOException {
    Set<Integer> arrays = new TreeSet<>();
    job.results((array, chunk) -> arrays.add(array));
    for (int array : arrays) {
      Iterator<Chunk> chunks;
      try {
        chunks = stages.computed(array).toLocalIterator();
        while (chunks.hasNext()) {
          Chunk chunk = chunks.next();
          results.put(array, chunk.number(), MemorySegment.ofArray(chunk.bytes()));
        }
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        // Scala throws checked exceptions that it does not declare.
        throw failed(e);
      }
    }
  }

  /** Spark's message goes on with the traces of executors and driver. */
  private static DeviceException failed(Exception e) {
    String text = String.valueOf(e.getMessage());
    int trace = text.indexOf("\n\tat ");
    return new DeviceException(
        "the job failed on Spark: " + (trace < 0 ? text : text.substring(0, trace)), e);
  }
}
