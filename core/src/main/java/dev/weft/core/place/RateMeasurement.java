package dev.weft.core.place;

import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.error.DeviceException;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.place.Rates.Spread;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Measures devices by what every device does, launches of fused kernels and copies, in one to two
 * seconds.
 *
 * <p>Memory is measured by adding a number to an array larger than caches; arithmetic by some
 * dozens of multiplications and additions of each element, in float64; launches and copies by those
 * of a single element.
 */
public final class RateMeasurement implements RateSource {
  static final long ITEM = RateKernels.TYPE.itemSize();

  /** Elements to begin with. */
  static final long FIRST_AMOUNT = 32L << 10;

  /** Long against latencies and clocks. */
  static final long ENOUGH_NANOS = 10_000_000;

  /** Larger than most caches; there are two such buffers. */
  private static final long LARGEST = 128L << 20;

  /** A GPU has caches of up to 126 MB, and goes through so much in a tenth of a millisecond. */
  private static final long LARGEST_FAR = 512L << 20;

  /** More would take too long to fill for the first time. */
  private static final long LARGEST_EVER = 1L << 30;

  /** With less than this a device is of no use either. */
  private static final long SMALLEST = 64L << 10;

  private static final long QUIET_NANOS = 300_000_000;
  private static final long MOST_NANOS = 1_800_000_000;

  /** Four times as many operations: few, so that a just-in-time compiler is done with them soon. */
  private static final int STEPS = 16;

  /** For a device that makes so few as fast as it moves the operands, or nearly. */
  private static final int MANY_STEPS = 64;

  private static final double NEARLY = 0.8;

  /** Elements of a result that are looked at. */
  private static final long CHECKED = 4096;

  private static final double ONE = 1;
  private static final double ADDED = 2.5;
  private static final double HALF = 0.5;

  private final Ticks ticks;

  /** Measures by the machine's clock. */
  public RateMeasurement() {
    this(Ticks.SYSTEM);
  }

  RateMeasurement(Ticks ticks) {
    this.ticks = ticks;
  }

  @Override
  public Rates rates(Device host, Device device) {
    try (DeviceBuffer from = largest(device);
        DeviceBuffer to = device.allocate(from.bytes());
        Link link = device instanceof FarDevice far ? Link.between(host, far, from, ticks) : null) {
      return rates(device, from, to, link);
    }
  }

  private Rates rates(Device device, DeviceBuffer from, DeviceBuffer to, @Nullable Link link) {
    final long elements = from.bytes() / ITEM;
    Timing timing = new Timing(device.info().name(), ticks);
    KernelRun fill = new KernelRun(device, timing, RateKernels.fill(), List.of(), from, ONE);
    // Pages that nobody has written yet are all the same one, and stay in caches.
    fill.nanos(elements, 1);
    KernelRun add = new KernelRun(device, timing, RateKernels.add(), List.of(from), to, ADDED);
    double launch = timing.latency(add.one());
    RepeatedRate memory = new RepeatedRate(elements, elements, launch, ENOUGH_NANOS, add::nanos);
    FusedKernel kernel = RateKernels.arithmetic(STEPS);
    KernelRun fewSteps = arithmetic(device, timing, kernel, from, to);
    RepeatedRate few = rate(fewSteps, elements, launch);
    List<RepeatedRate> all = new ArrayList<>(List.of(memory, few));
    if (link != null) {
      all.addAll(link.rates());
    }
    BooleanSupplier settled = () -> add.isSettled() && fewSteps.isSettled();
    RepeatedRate.measure(all, ticks, QUIET_NANOS, MOST_NANOS, settled);
    // Copies have written there.
    fill.nanos(elements, 1);
    add.nanos(elements, 1);
    check(device, timing, to, Math.min(elements, CHECKED));
    double additions = few.value() * RateKernels.additions(kernel);
    double sure = spread(few, fewSteps);
    if (few.value() > NEARLY * memory.value()) {
      FusedKernel longer = RateKernels.arithmetic(MANY_STEPS);
      KernelRun manySteps = arithmetic(device, timing, longer, from, to);
      RepeatedRate many = rate(manySteps, elements, launch);
      RepeatedRate.measure(
          List.of(many), ticks, QUIET_NANOS / 5, MOST_NANOS / 5, manySteps::isSettled);
      if (many.value() * RateKernels.additions(longer) > additions) {
        additions = many.value() * RateKernels.additions(longer);
        sure = spread(many, manySteps);
      }
    }
    double bytes = 2 * ITEM * memory.value();
    return link == null
        ? new Rates(
            bytes, additions, bytes, bytes, launch, 0, new Spread(spread(memory, add), sure, 0, 0))
        : new Rates(
            bytes,
            additions,
            link.in(),
            link.out(),
            launch,
            link.latency(),
            new Spread(spread(memory, add), sure, link.inSpread(), link.outSpread()));
  }

  private static KernelRun arithmetic(
      Device device, Timing timing, FusedKernel kernel, DeviceBuffer from, DeviceBuffer to) {
    return new KernelRun(device, timing, kernel, List.of(from), to, HALF, ONE);
  }

  private static RepeatedRate rate(KernelRun run, long most, double latency) {
    return new RepeatedRate(FIRST_AMOUNT, most, latency, ENOUGH_NANOS, run::nanos);
  }

  private static double spread(RepeatedRate rate, KernelRun run) {
    return run.isSettled() ? rate.spread() : Math.max(rate.spread(), Spread.UNKNOWN);
  }

  /** Size of buffers for a device of which so much memory is left: an eighth of it at most. */
  static long bufferBytes(Device device, long left) {
    long caches = Math.min(2 * SharedCaches.bytesOfThisMachine(), LARGEST_EVER);
    long largest = device instanceof FarDevice ? LARGEST_FAR : Math.max(LARGEST, caches);
    return Math.clamp(left / 8, SMALLEST, largest);
  }

  /** The larger the better. */
  static DeviceBuffer largest(Device device) {
    Device.MemoryUse use = device.memory();
    long bytes = bufferBytes(device, use.limit() - use.live());
    while (true) {
      try {
        return device.allocate(bytes / ITEM * ITEM);
      } catch (DeviceMemoryException full) {
        if (bytes <= SMALLEST) {
          throw full;
        }
        bytes /= 2;
      }
    }
  }

  /** A device that computes something else has no rates. */
  private static void check(Device device, Timing timing, DeviceBuffer buffer, long elements) {
    MemorySegment memory = buffer.host();
    if (device instanceof FarDevice far) {
      memory = MemorySegment.ofArray(new double[(int) elements]);
      HostBlock block = Link.block(memory, elements);
      timing.nanos(List.of(done -> far.copyOut(buffer, block, done)));
    }
    Objects.requireNonNull(memory, "a device whose memory the host cannot reach is a FarDevice");
    for (long i = 0; i < elements; i++) {
      double value = memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, i * ITEM);
      if (value != ONE + ADDED) {
        throw new DeviceException(
            "measure the rates of %s: %s + %s became %s at element %d; leave it out of the session's devices"
                .formatted(device.info().name(), ONE, ADDED, value, i));
      }
    }
  }
}
