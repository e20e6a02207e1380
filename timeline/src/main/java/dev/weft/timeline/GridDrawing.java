package dev.weft.timeline;

import dev.weft.core.shape.Chunks;
import dev.weft.timeline.svg.Ink;
import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The part of the picture that shows which chunk of each stage ran on which device. */
final class GridDrawing {
  /** Larger ones are divided into blocks, so that the file stays small. */
  private static final int MOST_ROWS = 40;

  private static final int MOST_COLUMNS = 110;
  private static final int MOST_GRIDS = 12;
  private static final double LARGEST_CELL = 14;
  private static final int GAP = 24;
  private static final int HEAD = 22;

  private final Recording recording;
  private final List<Integer> stages;
  private final List<StageGrid> grids = new ArrayList<>();
  private final int left;
  private final int width;

  private GridDrawing(Recording recording, List<Integer> stages, int left, int width) {
    this.recording = recording;
    this.stages = stages;
    this.left = left;
    this.width = width;
    stages.forEach(stage -> grids.add(grid(recording, stage)));
  }

  /** Of the stages with most tasks; nothing where all ran on one device. */
  static GridDrawing of(Recording recording, int left, int width) {
    long several =
        recording.spans().stream()
            .filter(span -> span.kind() == TimeSpan.Kind.TASK)
            .map(TimeSpan::device)
            .distinct()
            .limit(2)
            .count();
    List<Integer> drawn =
        IntStream.range(0, several < 2 ? 0 : recording.stages().size())
            .boxed()
            .filter(stage -> chunks(recording, stage) > 1)
            .sorted(Comparator.comparingLong(stage -> -chunks(recording, stage)))
            .limit(MOST_GRIDS)
            .sorted()
            .toList();
    return new GridDrawing(recording, drawn, left, width);
  }

  /** Tasks that have no grid are not drawn. */
  private static long chunks(Recording recording, int stage) {
    return recording.stages().get(stage).grid() == null ? 0 : recording.stages().get(stage).tasks();
  }

  private static Chunks chunksOf(RecordedStage stage) {
    return Objects.requireNonNull(stage.grid(), "only stages with a grid are drawn");
  }

  private static StageGrid grid(Recording recording, int stage) {
    StageGrid.Builder grid =
        new StageGrid.Builder(
            chunksOf(recording.stages().get(stage)),
            recording.devices().size(),
            MOST_ROWS,
            MOST_COLUMNS);
    for (TimeSpan span : recording.spans()) {
      if (span.kind() == TimeSpan.Kind.TASK && span.stage() == stage && span.finished()) {
        for (int i = 0; i < span.tasks(); i++) {
          grid.ran(span.chunk() + i, recording.devices().indexOf(span.device()));
        }
      }
    }
    return grid.build();
  }

  boolean isEmpty() {
    return stages.isEmpty();
  }

  /** Draws downwards from {@code top}; the answer is where it ended. */
  int draw(Markup svg, int top) {
    svg.words(left, top + 14, TextStyle.PART, "Where the chunks of each stage ran");
    int x = left;
    for (int device = 0; device < recording.devices().size(); device++) {
      String name = recording.devices().get(device);
      svg.box(x, top + 26, 11, 11, Palette.device(device));
      svg.words(x + 17, top + 36, TextStyle.NAME, name);
      x += 17 + (int) (name.length() * TextStyle.NAME_WIDTH) + 22;
    }
    int y = top + 52;
    int columnWidth = (width - GAP) / 2;
    int tallest = 0;
    for (int i = 0; i < grids.size(); i++) {
      int column = i % 2;
      if (column == 0 && i > 0) {
        y += tallest + GAP;
        tallest = 0;
      }
      int at = left + column * (columnWidth + GAP);
      tallest = Math.max(tallest, draw(svg, i, at, y, columnWidth));
    }
    return y + tallest;
  }

  private int draw(Markup svg, int number, int x, int y, int columnWidth) {
    StageGrid grid = grids.get(number);
    int index = stages.get(number);
    RecordedStage stage = recording.stages().get(index);
    svg.box(x, y + 2, 9, 9, Palette.stage(index));
    svg.words(
        x + 15, y + 11, TextStyle.PLAIN, Markup.shortened(stage.label(), 48) + "  " + shape(stage));
    double cell =
        Math.min(
            LARGEST_CELL, Math.min((double) columnWidth / grid.columns(), 170.0 / grid.rows()));
    double high = Math.max(cell, 6) * grid.rows();
    double cellHeight = high / grid.rows();
    double top = y + HEAD;
    String place =
        Markup.format(
            "transform=\"translate(%d %s) scale(%.4f %.4f)\"",
            x, Markup.number(top), cell, cellHeight);
    String missing = path(grid, StageGrid.NOWHERE);
    if (!missing.isEmpty()) {
      svg.line(
          "<path %s %s d=\"%s\"><title>not run</title></path>", svg.fill(Ink.GRID), place, missing);
    }
    for (int device = 0; device < recording.devices().size(); device++) {
      String path = path(grid, device);
      if (!path.isEmpty()) {
        svg.line(
            "<path %s %s d=\"%s\"><title>%s</title></path>",
            svg.fill(Palette.device(device)),
            place,
            path,
            Markup.escaped(title(stage, grid, device)));
      }
    }
    return HEAD + (int) Math.ceil(high);
  }

  private static String shape(RecordedStage stage) {
    String counts =
        chunksOf(stage).axes().stream()
            .map(axis -> Integer.toString(axis.count()))
            .collect(Collectors.joining(" × "));
    return counts + (chunksOf(stage).rank() > 1 ? " chunks" : " chunks in a row");
  }

  private String title(RecordedStage stage, StageGrid grid, int device) {
    return Markup.format(
        "%s: %,d of %,d chunks on %s",
        Markup.shortened(stage.label(), 120),
        grid.tasks(device),
        stage.tasks(),
        recording.devices().get(device));
  }

  /**
   * Cells of one device, one unit wide with a line of a tenth between them; neighbours in a row are
   * one figure where cells are small.
   */
  private static String path(StageGrid grid, int device) {
    StringBuilder path = new StringBuilder();
    boolean apart = grid.columns() <= 64;
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        if (grid.device(row, column) != device) {
          continue;
        }
        int first = column;
        while (!apart && column + 1 < grid.columns() && grid.device(row, column + 1) == device) {
          column++;
        }
        String width = apart ? ".9" : Integer.toString(column + 1 - first);
        path.append(Markup.format("M%d %dh%sv.9h-%sz", first, row, width, width));
      }
    }
    return path.toString();
  }
}
