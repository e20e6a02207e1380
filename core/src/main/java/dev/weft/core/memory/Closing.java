package dev.weft.core.memory;

import java.util.List;

/** Closes several things, of which each must be closed whatever comes of the others. */
public final class Closing {
  private Closing() {}

  /** Runs all in order, and then throws the first failure with the others added to it. */
  public static void all(List<Runnable> parts) {
    RuntimeException failure = null;
    for (Runnable part : parts) {
      try {
        part.run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
