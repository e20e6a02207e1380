package dev.weft.cpu.run;

import org.jspecify.annotations.Nullable;

/** Makes a launch on the worker that starts it, which may take as long as compiling a loop. */
@FunctionalInterface
public interface LaunchSource {
  /** The launch, or null when there is nothing left to do. */
  @Nullable Launch make();
}
