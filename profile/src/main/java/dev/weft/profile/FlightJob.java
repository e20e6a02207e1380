package dev.weft.profile;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A job, from its plan to its end. */
@Name("dev.weft.Job")
@Label("Weft Job")
@Category("Weft")
@StackTrace(false)
final class FlightJob extends Event {
  @Label("Job")
  @Description("Number of the job in its session")
  long job;

  @Label("Tasks")
  long tasks;

  @Label("Bytes Read")
  @DataAmount
  long bytesRead;

  @Label("Planning")
  @Timespan(Timespan.NANOSECONDS)
  long planning;

  @Label("Failure")
  @Description("How it failed; empty where it went well")
  @Nullable String failure;
}
