package dev.weft.profile;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A chunk that moves between the host and a device or the disk. */
@Name("dev.weft.Copy")
@Label("Weft Copy")
@Category("Weft")
@StackTrace(false)
final class FlightCopy extends Event {
  @Label("Job")
  long job;

  @Label("Array")
  int array;

  @Label("Chunk")
  long chunk;

  @Label("From")
  @Nullable String from;

  @Label("To")
  @Nullable String to;

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("On the Link")
  @Timespan(Timespan.NANOSECONDS)
  long moving;

  @Label("Problem")
  @Nullable String problem;
}
