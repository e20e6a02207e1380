package dev.weft.table.plan;

import dev.weft.core.Session;
import dev.weft.core.error.DeviceException;
import dev.weft.core.task.Delayed;
import dev.weft.core.task.Input;
import dev.weft.table.source.TableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rows on their way to a file: partitions are made and encoded side by side, and written one by one
 * in their order. No more are begun than a few beyond the one that is written.
 */
public final class Saving {
  private Saving() {}

  /**
   * Computes a relation into a new file, complete or not at all.
   *
   * @param open begins the file
   * @return number of rows
   */
  public static long to(Session session, Relation relation, Supplier<TableWriter> open) {
    try (Run run = new Run(session)) {
      Parts parts = run.lower(Pruning.of(relation));
      TableWriter writer = open.get();
      try {
        long rows = write(run, parts, writer);
        writer.commit();
        return rows;
      } catch (IOException e) {
        writer.abort();
        throw new DeviceException(
            "write the table: %s. Check the disk and the permissions of the folder"
                .formatted(e.getMessage()),
            e);
      } catch (RuntimeException | Error e) {
        writer.abort();
        throw e;
      }
    }
  }

  /** A partition as it is written, and its rows. */
  private record Encoded(TableWriter.Encoded bytes, long rows) {}

  private static long write(Run run, Parts parts, TableWriter writer) {
    Session session = run.session();
    int ahead = 2 * Math.max(1, session.config().threads());
    List<Delayed<Long>> written = new ArrayList<>();
    Delayed<Long> begin = session.delayed(() -> 0L).named("begin");
    Delayed<Long> last = begin;
    for (int i = 0; i < parts.parts().size(); i++) {
      Parts.Part part = parts.parts().get(i);
      Input<Long> before = i < ahead ? begin : written.get(i - ahead);
      Delayed<Encoded> encoded =
          part.after(before)
              .finish(session, "encode", batch -> new Encoded(writer.encode(batch), batch.rows()));
      last =
          session
              .delayed(
                  (Long rows, Encoded bytes) -> {
                    writer.append(bytes.bytes());
                    return rows + bytes.rows();
                  },
                  last,
                  encoded)
              .named("write");
      written.add(last);
    }
    return run.compute(List.of(last)).getFirst();
  }
}
