package dev.weft.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Two executors in processes of their own on this machine. */
final class LocalCluster {
  private LocalCluster() {}

  static SparkConf conf() {
    return new SparkConf()
        .setAppName("weft")
        .setMaster("local-cluster[2,1,1024]")
        .set("spark.executor.memory", "600m")
        .set("spark.weft.memory", "256m")
        .set("spark.ui.enabled", "false")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"));
  }

  static JavaSparkContext start(SparkConf conf) throws IOException {
    // Executors are started from a Spark at this place, which need not hold anything.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    return new JavaSparkContext(conf);
  }

  /**
   * Where executors keep blocks. Spark remembers the first folder that it was given in a process,
   * so that all tests have one.
   */
  static Path disk() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** The processes of the executors: nothing else is started by this one. */
  static List<ProcessHandle> executors() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
  }
}
