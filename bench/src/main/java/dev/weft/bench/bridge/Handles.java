package dev.weft.bench.bridge;

import dev.weft.core.NDArray;
import java.util.HashMap;
import java.util.Map;

/** The arrays that the other process has, by the numbers it knows them by. */
final class Handles {
  private final Map<Long, NDArray> arrays = new HashMap<>();
  private long last;

  long add(NDArray array) {
    arrays.put(++last, array);
    return last;
  }

  NDArray get(String number) {
    NDArray array = arrays.get(Long.valueOf(number));
    if (array == null) {
      throw new IllegalArgumentException("there is no array " + number);
    }
    return array;
  }

  void free(String number) {
    arrays.remove(Long.valueOf(number));
  }
}
