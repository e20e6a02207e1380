package dev.weft.testkit.device;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.testkit.session.Products;
import dev.weft.testkit.session.RecordingSource;
import java.util.List;
import java.util.function.Function;

/** Ten small jobs of every kind of work, for injecting faults into. */
final class FaultJobs {
  /** A job: its name, and its arrays in a session. */
  record FaultJob(String name, Function<Session, List<NDArray>> arrays) {}

  static final List<FaultJob> ALL =
      List.of(
          new FaultJob("map", s -> List.of(matrix(s).multiply(2.0).add(inMemory(s).sqrt()))),
          new FaultJob("reduction over an axis", s -> List.of(matrix(s).add(0.5).sum(0))),
          new FaultJob(
              "matmul",
              s -> List.of(inMemory(s).matmul(matrix(s).transpose().multiply(0.5).rechunk(5)))),
          new FaultJob(
              "slices across chunks",
              s -> List.of(inMemory(s).exp().rechunk(5).slice("1:11:2, ::-1").add(1.0))),
          new FaultJob(
              "gather", s -> List.of(matrix(s).add(1.0).rechunk(4).take(new long[] {7, 0, 7}, 1))),
          new FaultJob("scan", s -> List.of(inMemory(s).multiply(3.0).cumsum(1).rechunk(4))),
          new FaultJob(
              "scan from chunk to chunk",
              s -> List.of(matrix(s).rechunk(2, 10).add(1.0).cumsum(0).multiply(2.0))),
          new FaultJob(
              "matmul from piece to piece",
              s -> {
                NDArray left = inMemory(s).slice(":, :4").transpose().add(0.5);
                return List.of(Products.inPieces(left, matrix(s).slice(":, 2:5"), 3));
              }),
          new FaultJob(
              "user function", s -> List.of(matrix(s).add(1.0).map(x -> x * x).multiply(2.0))),
          new FaultJob(
              "two results sharing work",
              s -> {
                NDArray shared = matrix(s).sqrt().rechunk(5).slice("::-1").add(1.0);
                return List.of(shared.sum(), shared.transpose().multiply(2.0));
              }));

  private FaultJobs() {}

  /** Twelve rows of ten numbers that must be read, as from a file. */
  private static NDArray matrix(Session session) {
    return session.array(new RecordingSource(12, 10), ChunkSpec.of(6, 5));
  }

  /** The same in memory, where it can be copied in place. */
  private static NDArray inMemory(Session session) {
    double[][] rows = new double[12][10];
    for (int i = 0; i < 120; i++) {
      rows[i / 10][i % 10] = i;
    }
    return session.array(rows).rechunk(6, 5);
  }
}
