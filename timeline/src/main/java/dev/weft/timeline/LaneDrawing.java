package dev.weft.timeline;

import dev.weft.timeline.svg.Ink;
import dev.weft.timeline.svg.Markup;
import dev.weft.timeline.svg.TextStyle;
import dev.weft.timeline.svg.TextStyle.Anchor;
import java.util.List;
import java.util.Locale;

/** The part of the picture with a lane for each slot and link, and a time axis below. */
final class LaneDrawing {
  /** Boxes of all lanes: some 250 bytes each. */
  private static final int MOST_BOXES = 2200;

  /** Narrower ones could not be seen or pointed at. */
  private static final double NARROWEST = 0.6;

  private static final int AFTER = 46;
  private static final int TALLEST = 400;
  private static final int GAP = 8;

  private final Recording recording;
  private final List<Lane> lanes;
  private final Box.Merged boxes;
  private final int left;
  private final int right;
  private final double laneHeight;

  LaneDrawing(Recording recording, int margin, int width) {
    this.recording = recording;
    this.lanes = Lane.of(recording.spans(), recording.devices());
    this.boxes = Box.merge(lanes, MOST_BOXES);
    int longest = lanes.stream().mapToInt(lane -> name(lane).length()).max().orElse(0);
    this.left = margin + (int) (Math.max(4, longest) * TextStyle.NAME_WIDTH) + 10;
    this.right = margin + width - AFTER;
    this.laneHeight = Math.clamp((double) TALLEST / Math.max(1, lanes.size()), 3, 20);
  }

  /** What a reader should know about boxes that are not single tasks; empty where all are. */
  String remark() {
    return boxes.resolution() == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "%,d tasks and copies are too many to be drawn one by one: those within %s of each other in a lane are one box, in the colour of the longest",
            recording.spans().size(),
            Durations.text(boxes.resolution()));
  }

  /** Draws downwards from {@code top}; the answer is where it ended. */
  int draw(Markup svg, int top, int margin) {
    double y = top;
    double planHeight = Math.min(laneHeight, 10);
    svg.words(margin, y + planHeight - 1, TextStyle.NAME, "plan");
    for (TimeSpan plan : recording.plans()) {
      svg.box(
          x(plan.begin()),
          y,
          width(plan.begin(), plan.end()),
          planHeight,
          Palette.PLAN,
          "optimising, fusing and planning: " + Durations.text(plan.nanos()));
    }
    y += planHeight + GAP;
    for (int i = 0; i < lanes.size(); i++) {
      if (i > 0 && isNewGroup(i)) {
        y += GAP;
      }
      draw(svg, i, y, margin);
      y += laneHeight + Math.min(3, laneHeight / 4);
    }
    axis(svg, top - 4, (int) Math.ceil(y) + 2);
    return (int) Math.ceil(y) + 24;
  }

  private boolean isNewGroup(int lane) {
    return !lanes.get(lane).device().equals(lanes.get(lane - 1).device());
  }

  private String name(Lane lane) {
    return switch (lane.kind()) {
      case TO_DEVICE -> "to " + lane.device();
      case TO_HOST -> "from " + lane.device();
      case TASK -> lane.slot() == 0 ? lane.device() : "";
    };
  }

  private void draw(Markup svg, int number, double y, int margin) {
    Lane lane = lanes.get(number);
    boolean labelled =
        laneHeight >= 11 || number == 0 || !name(lane).equals(name(lanes.get(number - 1)));
    double base = y + Math.min(laneHeight, 16) / 2 + 4;
    if (labelled) {
      svg.words(margin, base, TextStyle.NAME, name(lane));
    }
    svg.box(left, y, right - left, laneHeight, Palette.LANE);
    for (Box box : boxes.lanes().get(number)) {
      svg.box(
          x(box.begin()),
          y,
          width(box.begin(), box.end()),
          laneHeight,
          look(svg, lane, box),
          Titles.of(recording, lane, box));
    }
    if (laneHeight >= 11) {
      double share = 100.0 * lane.busy() / Math.max(1, recording.nanos());
      svg.words(right + 8, base, TextStyle.TICK, Markup.format("%.0f %%", share));
    }
  }

  private static String look(Markup svg, Lane lane, Box box) {
    Ink ink =
        switch (lane.kind()) {
          case TASK -> Palette.stage(box.stage());
          case TO_DEVICE -> Palette.IN;
          case TO_HOST -> Palette.OUT;
        };
    String fill = svg.fill(ink);
    if (!box.isFinished()) {
      return fill + " fill-opacity=\".35\" stroke=\"%s\"".formatted(Ink.WRONG.light());
    }
    return box.isOfOneStage() ? fill : fill + " fill-opacity=\".75\"";
  }

  private void axis(Markup svg, int top, int bottom) {
    double longest = Math.max(1, recording.nanos());
    double step = Durations.step(longest);
    for (int i = 0; i * step <= longest; i++) {
      double x = x(recording.begin() + i * step);
      svg.line(x, bottom, x, bottom + 5, Ink.GRID);
      svg.words(x, bottom + 17, TextStyle.TICK, Anchor.MIDDLE, Durations.tick(i * step, longest));
    }
    svg.line(left, bottom, right, bottom, Ink.GRID);
    double end = x(recording.end());
    svg.line(end, top, end, bottom, Ink.GRID);
  }

  private double x(double nanos) {
    double share = (nanos - recording.begin()) / Math.max(1, recording.nanos());
    return left + share * (right - left);
  }

  private double width(long begin, long end) {
    double width = x(end) - x(begin);
    // Neighbours of one colour are told apart by a gap.
    return Math.max(NARROWEST, width > 2 ? width - 0.4 : width);
  }
}
