package dev.weft.dashboard.http;

import dev.weft.dashboard.state.Views;
import java.util.Locale;

/** A session in the text format of Prometheus. */
final class Metrics {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  private Metrics() {}

  static String of(Views.Snapshot state, SessionView session) {
    Metrics metrics = new Metrics();
    metrics.totals(state.totals());
    metrics.devices(state);
    metrics.session(session);
    return metrics.text.toString();
  }

  private void totals(Views.Totals totals) {
    head("weft_jobs_total", "counter", "Jobs that have ended, by how.");
    value("weft_jobs_total", totals.jobsDone(), "state", "done");
    value("weft_jobs_total", totals.jobsFailed(), "state", "failed");
    value("weft_jobs_total", totals.jobsCancelled(), "state", "cancelled");
    head("weft_jobs_started_total", "counter", "Jobs that have started.");
    value("weft_jobs_started_total", totals.jobs());
    head("weft_tasks_planned_total", "counter", "Tasks of all jobs so far.");
    value("weft_tasks_planned_total", totals.tasks());
    head("weft_tasks_done_total", "counter", "Tasks that have ended well.");
    value("weft_tasks_done_total", totals.tasksDone());
    head("weft_tasks_refused_total", "counter", "Tasks that a device could not run.");
    value("weft_tasks_refused_total", totals.refused());
    head("weft_tasks_retried_total", "counter", "Failed attempts that were repeated.");
    value("weft_tasks_retried_total", totals.retried());
    head("weft_tasks_failed_total", "counter", "Tasks that have failed for good.");
    value("weft_tasks_failed_total", totals.failed());
    head("weft_events_total", "counter", "Events of the session.");
    value("weft_events_total", totals.events());
    head("weft_source_bytes_total", "counter", "Bytes of sources that jobs reach.");
    value("weft_source_bytes_total", totals.bytesRead());
  }

  private void devices(Views.Snapshot state) {
    head("weft_tasks_running", "gauge", "Work that was started on a device and has not ended.");
    for (Views.Device device : state.devices()) {
      value("weft_tasks_running", device.running(), "device", device.name());
    }
    head("weft_device_busy_seconds_total", "counter", "Time of work of all slots of a device.");
    for (Views.Device device : state.devices()) {
      value("weft_device_busy_seconds_total", device.busy() / 1e3, "device", device.name());
    }
    head("weft_copied_bytes_total", "counter", "Bytes of chunks moved between places.");
    for (Views.Link link : state.links()) {
      value("weft_copied_bytes_total", link.bytes(), "from", link.from(), "to", link.to());
    }
    head("weft_copies_failed_total", "counter", "Copies between places that have failed.");
    for (Views.Link link : state.links()) {
      value("weft_copies_failed_total", link.failed(), "from", link.from(), "to", link.to());
    }
  }

  private void session(SessionView session) {
    head("weft_memory_bytes", "gauge", "Memory of a place: in use, and pooled.");
    for (SessionView.Place place : session.memory()) {
      value("weft_memory_bytes", place.live(), "place", place.name(), "kind", "live");
      value("weft_memory_bytes", place.pooled(), "place", place.name(), "kind", "pooled");
    }
    head("weft_memory_limit_bytes", "gauge", "The memory budget of a place.");
    for (SessionView.Place place : session.memory()) {
      if (place.limit() != null) {
        value("weft_memory_limit_bytes", place.limit(), "place", place.name());
      }
    }
    head("weft_energy_joules_total", "counter", "Energy of a device since some moment.");
    for (SessionView.Used used : session.energy()) {
      if (used.joules() != null) {
        value("weft_energy_joules_total", used.joules(), "device", used.device());
      }
    }
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void value(String name, long value, String... labels) {
    sample(name, Long.toString(value), labels);
  }

  private void value(String name, double value, String... labels) {
    sample(name, String.format(Locale.ROOT, "%.6f", value), labels);
  }

  private void sample(String name, String value, String... labels) {
    text.append(name);
    for (int i = 0; i < labels.length; i += 2) {
      text.append(i == 0 ? '{' : ',');
      text.append(labels[i]).append("=\"").append(escaped(labels[i + 1])).append('"');
    }
    text.append(labels.length > 0 ? "} " : " ").append(value).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
