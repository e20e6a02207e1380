package dev.weft.pictures;

import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureNode.Kind;
import dev.weft.core.picture.PictureOptions.Color;
import dev.weft.pictures.Canvas.Look;
import dev.weft.timeline.svg.Ink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The colours of boxes, by kind or by device, and what they mean. */
final class Palette {
  /** Arrows. */
  static final Ink ARROW = new Ink("arrow", "#7b828c", "#8b929c");

  /** Boxes of no kind, in the legend. */
  static final Look PLAIN = look("plain", "#ffffff", "#16181c", "#5c5c5c", "#a8a8a8");

  private static final Look NONE = look("none", "#f2f3f5", "#26292f", "#9aa0a8", "#7d848d");

  /** Devices in the order of their names; more of them take the first again. */
  private static final List<Look> DEVICES =
      List.of(
          look("d0", "#dcebf7", "#17384f", "#3f88bf", "#4f9bd3"),
          look("d1", "#fbe8d3", "#4a2f12", "#d9822b", "#e0913f"),
          look("d2", "#d9efe5", "#153d2f", "#2e9b76", "#3cb68d"),
          look("d3", "#f8dfea", "#4a2036", "#c4588a", "#d873a2"),
          look("d4", "#e9e3f5", "#332a4d", "#8a74c2", "#9f8ad6"));

  private final Color color;
  private final Map<String, Look> legend = new LinkedHashMap<>();

  /** The palette of a picture with these nodes. */
  Palette(Color color, List<PictureNode> nodes) {
    this.color = color;
    if (color == Color.KIND) {
      TreeSet<Kind> kinds = new TreeSet<>();
      nodes.forEach(node -> kinds.add(node.kind()));
      kinds.forEach(kind -> legend.put(kind.text(), of(kind)));
      return;
    }
    TreeSet<String> devices = new TreeSet<>();
    nodes.forEach(node -> devices.add(name(node)));
    if (devices.remove("")) {
      legend.put("", NONE);
    }
    int number = 0;
    for (String device : devices) {
      legend.put(device, DEVICES.get(number++ % DEVICES.size()));
    }
  }

  private static String name(PictureNode node) {
    return node.device() == null ? "" : node.device();
  }

  /** The colours of a node's box. */
  Look look(PictureNode node) {
    String key = color == Color.KIND ? node.kind().text() : name(node);
    return legend.getOrDefault(key, NONE);
  }

  /** What the colours mean, in order. */
  Map<String, Look> legend() {
    Map<String, Look> named = new LinkedHashMap<>();
    legend.forEach((name, look) -> named.put(name.isEmpty() ? "no device" : name, look));
    return named;
  }

  private static Look of(Kind kind) {
    return switch (kind) {
      case SOURCE -> look("source", "#eceef1", "#2b2f36", "#8a919c", "#8a919c");
      case ELEMENTWISE -> look("each", "#dcebf7", "#17384f", "#3f88bf", "#4f9bd3");
      case REDUCTION -> look("reduce", "#fbe8d3", "#4a2f12", "#d9822b", "#e0913f");
      case VIEW -> look("view", "#e9e3f5", "#332a4d", "#8a74c2", "#9f8ad6");
      case LIBRARY -> look("library", "#d9efe5", "#153d2f", "#2e9b76", "#3cb68d");
      case ARRAY -> look("array", "#d8eef0", "#123c40", "#2a8f99", "#45b3bd");
      case USER -> look("user", "#f8dfea", "#4a2036", "#c4588a", "#d873a2");
      case WRITE -> look("write", "#f6efc8", "#43390f", "#b09a1c", "#cdb637");
    };
  }

  private static Look look(
      String name, String light, String dark, String border, String darkBorder) {
    return new Look(new Ink(name, light, dark), new Ink(name + "Edge", border, darkBorder));
  }
}
