package dev.weft.dashboard.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names with numbers, of which there are at most so many; all further ones share the last. */
final class Names {
  private static final String OTHERS = "others";

  private final int most;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  Names(int most) {
    this.most = most;
  }

  int number(String name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() == most) {
      return most - 1;
    }
    String kept = names.size() == most - 1 ? OTHERS : name;
    names.add(kept);
    numbers.put(kept, names.size() - 1);
    return names.size() - 1;
  }

  List<String> all() {
    return List.copyOf(names);
  }
}
