package dev.weft.testkit;

/**
 * How much of the suites runs that go through many cases alike, tagged {@code long}: all of it, or
 * of every so many cases one where {@code -Dweft.tests.every} says so, as the build does without
 * its profile {@code whole}.
 */
public final class LongSuites {
  /** Of so many cases one is run. */
  public static final int EVERY = Math.max(1, Integer.getInteger("weft.tests.every", 1));

  private LongSuites() {}

  /** How many of so many cases are run. */
  public static int part(int all) {
    return Math.max(1, all / EVERY);
  }
}
