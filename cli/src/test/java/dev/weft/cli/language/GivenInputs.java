package dev.weft.cli.language;

import dev.weft.core.NDArray;
import java.util.List;
import java.util.Map;

/** Inputs that exist already. */
record GivenInputs(Map<String, NDArray> arrays) implements Evaluator.Inputs {
  @Override
  public List<String> names() {
    return List.copyOf(arrays.keySet());
  }

  @Override
  public NDArray open(String name) {
    return arrays.get(name);
  }
}
