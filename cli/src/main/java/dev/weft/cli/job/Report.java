package dev.weft.cli.job;

import dev.weft.cli.output.Json;
import dev.weft.core.HostArray;
import dev.weft.core.device.Device.MemoryUse;
import dev.weft.core.dtype.DType;
import java.io.PrintStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a job gave and took.
 *
 * @param results what was wanted
 * @param values the values of those that were not written to files, in order
 * @param meter what the session counted
 * @param memory its buffers, on all its devices together
 * @param prepareSeconds time until the job was handed over
 * @param totalSeconds time from the start of the command
 */
public record Report(
    List<Result> results,
    List<HostArray> values,
    JobMeter meter,
    MemoryUse memory,
    double prepareSeconds,
    double totalSeconds) {
  /** More elements than this are not listed in JSON. */
  private static final int LISTED = 64;

  /** For people: values with type and shape, and what was written where. */
  public void print(PrintStream out, boolean quiet) {
    Iterator<HostArray> value = values.iterator();
    for (Result result : results) {
      if (result.file() == null) {
        if (results.size() > 1 && !quiet) {
          out.println(result.name() + ":");
        }
        HostArray array = value.next();
        out.println(array);
        if (!quiet) {
          out.println(array.summary());
        }
      } else if (!quiet) {
        out.println(
            String.format(
                Locale.ROOT,
                "wrote %s: %s %s, %,d bytes in %.2f s",
                result.file(),
                result.array().dtype(),
                result.array().shape(),
                result.array().nbytes(),
                totalSeconds));
      }
    }
  }

  /** For programs: one object on one line. */
  public String json() {
    List<Object> list = new ArrayList<>();
    long written = 0;
    Iterator<HostArray> value = values.iterator();
    for (Result result : results) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", result.name());
      entry.put("dtype", result.array().dtype().label());
      entry.put("shape", extents(result));
      if (result.file() != null) {
        entry.put("file", result.file().toString());
        written += result.array().nbytes();
      } else {
        HostArray array = value.next();
        if (array.shape().rank() == 0) {
          entry.put("value", numbers(array).getFirst());
        } else if (array.size() <= LISTED) {
          entry.put("values", numbers(array));
        }
      }
      list.add(entry);
    }
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("prepare", rounded(prepareSeconds));
    seconds.put("plan", rounded(meter.planSeconds()));
    seconds.put("compute", rounded(meter.runSeconds()));
    seconds.put("total", rounded(totalSeconds));
    Map<String, Object> buffers = new LinkedHashMap<>();
    buffers.put("limit", memory.limit());
    buffers.put("peak", memory.peak());
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("results", list);
    summary.put("seconds", seconds);
    summary.put("bytes_read", meter.bytesRead());
    summary.put("bytes_written", written);
    summary.put("bytes_spilled", meter.bytesSpilled());
    summary.put("memory", buffers);
    summary.put("tasks", meter.tasks());
    return Json.text(summary);
  }

  private static List<Object> extents(Result result) {
    List<Object> extents = new ArrayList<>();
    for (int axis = 0; axis < result.array().rank(); axis++) {
      extents.add(result.array().shape().extent(axis));
    }
    return extents;
  }

  /** In the array's own terms: true, 3 or 3.0. */
  private static List<Object> numbers(HostArray array) {
    List<Object> numbers = new ArrayList<>();
    DType dtype = array.dtype();
    switch (dtype.kind()) {
      case BOOL -> {
        for (boolean truth : array.toBooleanArray()) {
          numbers.add(truth);
        }
      }
      case SIGNED, UNSIGNED -> {
        for (long number : array.toLongArray()) {
          numbers.add(new BigInteger(dtype.digits(number)));
        }
      }
      case FLOATING, COMPLEX -> {
        for (double number : array.toDoubleArray()) {
          numbers.add(number);
        }
      }
    }
    return numbers;
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1e6) / 1e6;
  }
}
