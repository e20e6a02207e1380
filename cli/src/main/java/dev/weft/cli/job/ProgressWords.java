package dev.weft.cli.job;

import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.event.JobProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the progress line says. */
final class ProgressWords {
  private static final String BETWEEN = "  ";

  private ProgressWords() {}

  /**
   * A piece of the line.
   *
   * @param rank in narrow windows the pieces of the highest ranks are left out first
   */
  private record Piece(String text, int rank) {}

  /**
   * The line: tasks, share, time, rate, time left, stages, memory and spill, in so far as they fit.
   *
   * @param seconds since the command began to compute
   * @param memory of the host, null where nothing is known yet
   * @param columns characters that fit
   */
  static String of(JobProgress progress, double seconds, @Nullable MemoryUse memory, int columns) {
    List<Piece> pieces = pieces(progress, seconds, memory);
    while (pieces.size() > 1 && text(pieces).length() > columns) {
      pieces.remove(pieces.stream().max(Comparator.comparingInt(Piece::rank)).orElseThrow());
    }
    String text = text(pieces);
    return text.length() <= columns ? text : text.substring(0, columns);
  }

  private static String text(List<Piece> pieces) {
    return pieces.stream().map(Piece::text).collect(Collectors.joining(BETWEEN));
  }

  private static List<Piece> pieces(
      JobProgress progress, double seconds, @Nullable MemoryUse memory) {
    List<Piece> pieces = new ArrayList<>();
    if (progress.tasks() == 0) {
      pieces.add(new Piece("planning", 0));
      pieces.add(new Piece(format("%.1f s", seconds), 1));
      return pieces;
    }
    pieces.add(new Piece(format("%3.0f %%", Math.floor(progress.fraction() * 100)), 0));
    pieces.add(new Piece(format("%,d/%,d chunks", progress.done(), progress.tasks()), 2));
    pieces.add(new Piece(format("%.1f s", seconds), 5));
    if (progress.done() == 0) {
      pieces.add(new Piece(format("%,d running", progress.running()), 3));
    } else if (progress.bytesRead() > 0) {
      pieces.add(new Piece(format("%.2f GB/s", progress.bytesPerSecond() * 1e-9), 3));
    } else {
      pieces.add(new Piece(format("%,.0f chunks/s", progress.tasksPerSecond()), 3));
    }
    OptionalDouble left = progress.secondsLeft();
    if (left.isPresent() && progress.done() < progress.tasks()) {
      pieces.add(new Piece(format("%.0f s left", left.getAsDouble()), 1));
    }
    if (progress.stages().size() > 1) {
      pieces.add(
          new Piece(format("%d/%d stages", progress.stagesDone(), progress.stages().size()), 7));
    }
    if (memory != null) {
      pieces.add(new Piece(format("%s of %s", bytes(memory.live()), bytes(memory.limit())), 6));
    }
    if (progress.bytesSpilled() > 0) {
      pieces.add(new Piece("spilled " + bytes(progress.bytesSpilled()), 4));
    }
    return pieces;
  }

  private static String bytes(long bytes) {
    return bytes < 1L << 30
        ? format("%.0f MiB", bytes / 0x1p20)
        : format("%.1f GiB", bytes / 0x1p30);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
