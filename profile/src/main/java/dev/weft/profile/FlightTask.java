package dev.weft.profile;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * A task, or several that were run as one: from its start, after which it may wait for a slot of
 * the device, to its end.
 */
@Name("dev.weft.Task")
@Label("Weft Task")
@Category("Weft")
@StackTrace(false)
final class FlightTask extends Event {
  @Label("Job")
  long job;

  @Label("Operation")
  @Nullable String operation;

  @Label("Stage")
  @Description("Number of its stage in the job")
  int stage;

  @Label("Chunk")
  @Description("Its chunk, the first of several that were run as one")
  long chunk;

  @Label("Tasks")
  @Description("How many were run as one")
  int tasks;

  @Label("Device")
  @Nullable String device;

  @Label("Placement")
  @Description("Why it runs there; empty where there is only one device")
  @Nullable String placement;

  @Label("Running")
  @Description("Time in a slot of the device, without the wait for it")
  @Timespan(Timespan.NANOSECONDS)
  long running;

  @Label("Problem")
  @Description("Why it failed or the device could not run it; empty where it ended well")
  @Nullable String problem;
}
