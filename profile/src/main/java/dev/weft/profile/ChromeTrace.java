package dev.weft.profile;

import dev.weft.timeline.Incident;
import dev.weft.timeline.Lane;
import dev.weft.timeline.RecordedJob;
import dev.weft.timeline.RecordedStage;
import dev.weft.timeline.Recording;
import dev.weft.timeline.TimeSpan;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes a recording in the Chrome trace event format: a process for each job, a thread for each
 * lane, complete events for tasks, copies and planning, instant events for what went wrong, and
 * counters for memory. Times are microseconds from the start of the recording, exact to the
 * nanosecond.
 *
 * @see <a
 *     href="https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU">Trace
 *     Event Format</a>
 */
final class ChromeTrace {
  /** The process that holds the counters of the session; jobs are numbered from 1. */
  private static final long SESSION = 0;

  /** The thread of planning and of what concerns a whole job. */
  private static final int JOB_THREAD = 0;

  private final String title;
  private final Recording recording;
  private final List<MemorySamples.Sample> memory;

  ChromeTrace(String title, Recording recording, List<MemorySamples.Sample> memory) {
    this.title = title;
    this.recording = recording;
    this.memory = memory;
  }

  /** Writes the whole file and closes the writer. */
  void write(Writer out) {
    JsonFactory factory = new JsonFactory();
    try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("displayTimeUnit", "ms");
      json.writeObjectPropertyStart("otherData");
      json.writeStringProperty("title", title);
      json.writeStringProperty("program", "weft");
      json.writeEndObject();
      json.writeArrayPropertyStart("traceEvents");
      for (RecordedJob job : recording.jobs()) {
        job(json, job);
      }
      recording.incidents().forEach(incident -> instant(json, incident));
      counters(json);
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private void job(JsonGenerator json, RecordedJob job) {
    name(json, "process_name", job.number(), JOB_THREAD, "job " + job.number() + ": " + title);
    name(json, "thread_name", job.number(), JOB_THREAD, "job");
    complete(json, "plan", "plan", job.number(), JOB_THREAD, job.planBegin(), job.begin());
    json.writeNumberProperty("tasks", job.tasks());
    json.writeNumberProperty("bytesRead", job.bytesRead());
    close(json);
    List<TimeSpan> own =
        recording.spans().stream().filter(span -> span.job() == job.number()).toList();
    int thread = JOB_THREAD;
    for (Lane lane : Lane.of(own, recording.devices())) {
      thread++;
      name(json, "thread_name", job.number(), thread, LaneName.of(lane));
      for (TimeSpan span : lane.spans()) {
        span(json, thread, span);
      }
    }
  }

  private void span(JsonGenerator json, int thread, TimeSpan span) {
    boolean task = span.kind() == TimeSpan.Kind.TASK;
    String what =
        switch (span.kind()) {
          case TASK -> recording.stages().get(span.stage()).label();
          case TO_DEVICE -> "copy to " + span.device();
          case TO_HOST -> "copy from " + span.device();
        };
    complete(json, what, task ? "task" : "copy", span.job(), thread, span.begin(), span.end());
    if (task) {
      RecordedStage stage = recording.stages().get(span.stage());
      json.writeNumberProperty("stage", stage.number());
      json.writeNumberProperty("tasks", span.tasks());
    } else {
      json.writeNumberProperty("array", span.stage());
      json.writeNumberProperty("bytes", span.bytes());
    }
    json.writeNumberProperty("chunk", span.chunk());
    String reason = span.reason();
    if (reason != null) {
      json.writeStringProperty(span.finished() ? "placement" : "problem", reason);
    }
    if (!span.finished()) {
      json.writeBooleanProperty("finished", false);
    }
    close(json);
  }

  private void instant(JsonGenerator json, Incident incident) {
    open(json, incident.kind().toString(), "i", incident.job(), JOB_THREAD, incident.nanos());
    json.writeStringProperty("cat", "problem");
    json.writeStringProperty("s", "p");
    json.writeObjectPropertyStart("args");
    json.writeStringProperty("text", incident.text());
    json.writeStringProperty("device", incident.device());
    close(json);
  }

  private void counters(JsonGenerator json) {
    if (memory.isEmpty()) {
      return;
    }
    name(json, "process_name", SESSION, JOB_THREAD, "memory");
    for (MemorySamples.Sample sample : memory) {
      sample
          .memory()
          .forEach(
              (device, use) -> {
                open(json, "memory of " + device, "C", SESSION, JOB_THREAD, sample.nanos());
                json.writeObjectPropertyStart("args");
                json.writeNumberProperty("bytes", use.live());
                close(json);
              });
    }
  }

  private void name(JsonGenerator json, String kind, long process, int thread, String text) {
    open(json, kind, "M", process, thread, recording.begin());
    json.writeObjectPropertyStart("args");
    json.writeStringProperty("name", text);
    close(json);
  }

  /** Opens a complete event and its arguments. */
  private void complete(
      JsonGenerator json,
      String what,
      String category,
      long process,
      int thread,
      long begin,
      long end) {
    open(json, what, "X", process, thread, begin);
    json.writeStringProperty("cat", category);
    json.writeName("dur");
    json.writeNumber(BigDecimal.valueOf(end - begin, 3));
    json.writeObjectPropertyStart("args");
  }

  private void open(
      JsonGenerator json, String what, String phase, long process, int thread, long nanos) {
    json.writeStartObject();
    json.writeStringProperty("name", what);
    json.writeStringProperty("ph", phase);
    json.writeNumberProperty("pid", process);
    json.writeNumberProperty("tid", thread);
    json.writeName("ts");
    json.writeNumber(BigDecimal.valueOf(Math.max(0, nanos - recording.begin()), 3));
  }

  /** Closes the arguments and the event. */
  private static void close(JsonGenerator json) {
    json.writeEndObject();
    json.writeEndObject();
  }
}
