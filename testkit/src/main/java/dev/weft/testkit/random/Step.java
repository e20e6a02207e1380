package dev.weft.testkit.random;

/**
 * One node of a random expression.
 *
 * @param number its place in the expression
 * @param text how it is made of earlier steps
 * @param expected its elements by the mirror
 * @param tolerance relative error allowed; 0 when every bit counts
 * @param recipe how the engine makes it
 */
public record Step(int number, String text, Dense expected, double tolerance, Recipe recipe) {

  /** Makes the lazy array of a step. */
  @FunctionalInterface
  interface Recipe {
    dev.weft.core.NDArray make(Building building);
  }

  String name() {
    return "s" + number;
  }

  @Override
  public String toString() {
    return "%s: %s%s = %s".formatted(name(), expected.dtype(), expected.shape(), text);
  }
}
