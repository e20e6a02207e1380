package dev.weft.pictures;

import dev.weft.core.picture.PictureNode;
import java.util.Map;

/** What a pointer that rests on a node is told: its label whole, and a line for each fact. */
final class Tooltip {
  private Tooltip() {}

  static String of(PictureNode node) {
    StringBuilder text = new StringBuilder(node.label());
    for (Map.Entry<String, String> fact : node.facts().entrySet()) {
      boolean block = fact.getValue().indexOf('\n') >= 0;
      text.append('\n').append(fact.getKey()).append(": ").append(block ? "\n" : "");
      text.append(block ? fact.getValue().indent(2).stripTrailing() : fact.getValue());
    }
    return text.toString();
  }
}
