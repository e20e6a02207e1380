package dev.weft.cli.job;

import dev.weft.cli.compare.InputsAt;
import dev.weft.cli.compare.Workload;
import dev.weft.cli.language.Evaluator;
import dev.weft.cli.language.FreeNames;
import dev.weft.cli.language.JobScript;
import dev.weft.core.ChunkSpec;
import dev.weft.core.HostArray;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.dtype.DType;
import dev.weft.core.shape.Shape;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A job over inputs that are made up: random float64 numbers from 0 to 1, the same ones in every
 * session.
 */
public final class GeneratedWorkload implements Workload, AutoCloseable {
  private final JobScript job;
  private final Function<String, ChunkSpec> chunks;
  private final Map<String, HostArray> arrays = new LinkedHashMap<>();

  /** Makes an array of this shape for each name that the job gives no value to. */
  public GeneratedWorkload(JobScript job, Shape shape, Function<String, ChunkSpec> chunks) {
    this.job = job;
    this.chunks = chunks;
    try {
      for (String name : FreeNames.of(job)) {
        arrays.put(name, random(shape, arrays.size()));
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static HostArray random(Shape shape, long seed) {
    HostArray array = HostArray.allocate(DType.FLOAT64, shape);
    SplittableRandom numbers = new SplittableRandom(seed);
    for (long i = 0; i < array.size(); i++) {
      array.segment().setAtIndex(ValueLayout.JAVA_DOUBLE, i, numbers.nextDouble());
    }
    return array;
  }

  @Override
  public Prepared prepare(Session session, InputsAt at) {
    Evaluator.Inputs inputs =
        new Evaluator.Inputs() {
          @Override
          public List<String> names() {
            return List.copyOf(arrays.keySet());
          }

          @Override
          public NDArray open(String name) {
            HostArray values = arrays.get(name);
            if (values == null) {
              throw new IllegalStateException("no input is called " + name);
            }
            NDArray lazy = session.array(values.asSource(), chunks.apply(name));
            return at == InputsAt.DEVICE ? lazy.persist() : lazy;
          }
        };
    List<Result> results = Result.wanted(Evaluator.evaluate(session, job, inputs), "", List.of());
    // What was persisted is given back by the session.
    return new JobValues(results, () -> {});
  }

  /** Names, types and shapes of the inputs. */
  public String inputs() {
    List<String> described = new ArrayList<>();
    arrays.forEach((name, array) -> described.add(name + " " + array.summary()));
    return String.join(", ", described);
  }

  @Override
  public void close() {
    arrays.values().forEach(HostArray::close);
  }
}
