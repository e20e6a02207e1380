/**
 * Jobs on the executors of Apache Spark: {@link dev.weft.spark.WeftSpark} runs the job of a plan,
 * {@link dev.weft.spark.Main} is the program for {@code spark-submit}.
 */
@NullMarked
package dev.weft.spark;

import org.jspecify.annotations.NullMarked;
