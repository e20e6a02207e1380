package dev.weft.core;

import dev.weft.core.device.ByteCount;
import dev.weft.core.device.Device;
import dev.weft.core.device.FarDevice;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Stage;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.memory.ResidentChunks;
import dev.weft.core.memory.SourceIdentities;
import dev.weft.core.place.CostModel;
import dev.weft.core.place.Place;
import dev.weft.core.place.Placement.Ignored;
import dev.weft.core.place.Rates;
import dev.weft.core.plan.HeldChunks;
import dev.weft.core.plan.HostWork;
import dev.weft.core.plan.Plan;
import dev.weft.core.plan.StageWork;
import dev.weft.core.plan.TaskWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which devices a job can use, and what the first task of each stage would cost on each. */
final class PlacementText {
  private final DeviceGroup devices;
  private final Plan plan;
  private final List<Place> places = new ArrayList<>();
  private final CostModel model;
  private final StageWork workload;
  private final HeldChunks held;
  private final SourceIdentities sources;

  PlacementText(DeviceGroup devices, Plan plan) {
    this.devices = devices;
    this.plan = plan;
    for (Device device : devices.all()) {
      boolean kernels = device != devices.host() || devices.hostKernels();
      places.add(
          new Place(
              device.info().name(),
              devices.rates(device),
              device.info().parallelism(),
              device.memory().limit(),
              kernels));
    }
    this.model = new CostModel(places, plan.graph().stages().size());
    this.held = plan.held();
    this.sources = new SourceIdentities(plan);
    this.workload = new StageWork(plan.graph().stages());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("each task runs where it ends first, its copies and what runs there counted");
    for (Device device : devices.all()) {
      lines.add("  " + device(device));
    }
    lines.add("one task of each stage alone, its sources and results on the host:");
    for (Stage stage : plan.graph().stages()) {
      if (plan.chunks(stage.id()) > 0) {
        lines.add("  stage %d: %s".formatted(stage.id(), costs(stage)));
      }
    }
    return lines;
  }

  private String device(Device device) {
    Throwable loss = devices.loss(device);
    String name = device.info().name();
    if (loss != null) {
      return "%s: lost: %s".formatted(name, loss.getMessage());
    }
    Rates rates = devices.rates(device);
    String text =
        "%s: %s; memory %s GB/s, arithmetic %s G/s, launches %s us"
            .formatted(
                name,
                device.info().description(),
                number(rates.memory()),
                number(rates.arithmetic()),
                number(rates.launchNanos() / 1e3));
    if (device instanceof FarDevice far) {
      long kept = devices.copies(far).idleBytes();
      return text
          + ", link %s GB/s in, %s GB/s out".formatted(number(rates.in()), number(rates.out()))
          + (kept == 0 ? "" : ", copies of inputs %s".formatted(ByteCount.text(kept)));
    }
    return devices.hostKernels()
        ? text
        : text + "; user code, joining, and what no other device can run";
  }

  /** Where the first task of a stage would run alone: as asked for, else where it ends first. */
  String device(Stage stage) {
    String asked = stage.device();
    if (HostWork.is(stage)) {
      return places.get(Place.HOST).name();
    }
    return asked == null || why(asked) != null
        ? estimate(stage).best()
        : places.get(Place.find(places, asked)).name();
  }

  private String costs(Stage stage) {
    if (HostWork.is(stage)) {
      return "work of the host";
    }
    Estimate estimate = estimate(stage);
    return hint(stage, estimate.best()) + ": " + String.join(", ", estimate.costs());
  }

  /** The device where a task ends first, and what it costs on each. */
  private record Estimate(String best, List<String> costs) {}

  private Estimate estimate(Stage stage) {
    TaskWork work = workload.of(stage.id(), 0);
    List<String> costs = new ArrayList<>();
    String best = "";
    double least = Double.POSITIVE_INFINITY;
    for (int place = 0; place < places.size(); place++) {
      if (!places.get(place).kernels() || devices.loss(devices.all().get(place)) != null) {
        continue;
      }
      double run = model.run(place, stage.id(), work.bytes(), work.additions());
      double moves = place == Place.HOST ? 0 : in(stage, place) + out(stage, place);
      String name = places.get(place).name();
      costs.add(
          moves == 0
              ? "%s on %s".formatted(millis(run), name)
              : "%s on %s (%s of it copies)".formatted(millis(run + moves), name, millis(moves)));
      if (run + moves < least) {
        least = run + moves;
        best = name;
      }
    }
    return new Estimate(best, costs);
  }

  /** Where the stage runs: on the device that is best, unless another one is asked for. */
  private String hint(Stage stage, String best) {
    String device = stage.device();
    if (device == null) {
      return best;
    }
    Ignored.@Nullable Why why = why(device);
    return why == null
        ? places.get(Place.find(places, device)).name() + ", asked for"
        : "%s (%s)".formatted(best, new Ignored(device, why));
  }

  /** Why a device that is asked for cannot be had; null when it can. */
  private Ignored.@Nullable Why why(String device) {
    int asked = Place.find(places, device);
    if (asked < 0) {
      return Ignored.Why.MISSING;
    }
    if (devices.loss(devices.all().get(asked)) != null) {
      return Ignored.Why.LOST;
    }
    return places.get(asked).kernels() ? null : Ignored.Why.NO_KERNELS;
  }

  private double in(Stage stage, int place) {
    double[] nanos = new double[1];
    List<ArrayDef> arrays = plan.graph().arrays();
    plan.sources(
        stage.id(),
        0,
        (array, chunk) -> {
          if (!isThere(arrays.get(array), chunk, devices.all().get(place))) {
            nanos[0] += model.copy(Place.HOST, place, held.bytes(arrays.get(array), chunk));
          }
        });
    return nanos[0];
  }

  /** Whether a persisted chunk was made on a device, or an earlier job has left a copy there. */
  private boolean isThere(ArrayDef array, long chunk, Device device) {
    if (array.source() instanceof ResidentChunks resident) {
      return resident.device(chunk) == device;
    }
    return device instanceof FarDevice far
        && sources.isKept(array, chunk, held, devices.copies(far));
  }

  private double out(Stage stage, int place) {
    double[] nanos = new double[1];
    List<ArrayDef> arrays = plan.graph().arrays();
    plan.writes(
        stage.id(),
        0,
        (array, chunk) -> {
          ArrayDef.Storage storage = arrays.get(array).storage();
          if (storage == ArrayDef.Storage.DENSE || storage == ArrayDef.Storage.PARTIALS) {
            nanos[0] += model.copy(place, Place.HOST, arrays.get(array).chunkBytes(chunk));
          }
        });
    return nanos[0];
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  private static String millis(double nanos) {
    return String.format(Locale.ROOT, nanos < 1e5 ? "%.4f ms" : "%.2f ms", nanos / 1e6);
  }
}
