package dev.weft.profile;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A task that is tried again or has failed for good, or a device that is lost. */
@Name("dev.weft.Problem")
@Label("Weft Problem")
@Category("Weft")
@StackTrace(false)
final class FlightProblem extends Event {
  @Label("Job")
  long job;

  @Label("Kind")
  @Nullable String kind;

  @Label("Device")
  @Nullable String device;

  @Label("Message")
  @Nullable String message;
}
