package dev.weft.core.place;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.FarDevice;
import dev.weft.core.device.HostBlock;
import dev.weft.core.device.Operand;
import dev.weft.core.error.DeviceMemoryException;
import dev.weft.core.kernel.FusedKernel;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.kernel.SsaValue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A device that takes as long as given rates say, by a clock of its own, and computes no more than
 * sums: what measures it must find those rates, however busy the machine is.
 */
final class PacedDevice implements FarDevice, Ticks {
  private final Rates rates;
  private final long limit;
  private final double error;
  private final AtomicLong live = new AtomicLong();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("paced").factory());
  private final AtomicLong now = new AtomicLong();
  private @Nullable Random disturbed;
  private long cold;
  final AtomicLong launches = new AtomicLong();

  /**
   * @param limit bytes that it has
   * @param error what is added to each sum
   */
  PacedDevice(Rates rates, long limit, double error) {
    this.rates = rates;
    this.limit = limit;
    this.error = error;
  }

  /**
   * From now on a third of all work takes up to four times as long, as on a busy machine, all of it
   * varies by some percent, and one of fifty seems to take half as long.
   */
  PacedDevice disturbed(long seed) {
    disturbed = new Random(seed);
    return this;
  }

  /** So many launches from now on run code that takes ten times as long and is then replaced. */
  PacedDevice coldFor(long more) {
    cold = launches.get() + more;
    return this;
  }

  private boolean isCold() {
    return launches.get() < cold;
  }

  private double disturbance() {
    Random random = disturbed;
    if (random == null) {
      return 1;
    }
    double little = 1 + 0.04 * random.nextDouble();
    double chance = random.nextDouble();
    return chance < 0.02 ? 0.5 : chance < 0.35 ? little * (1 + 3 * random.nextDouble()) : little;
  }

  private record Code(Kernel kernel, boolean reads, double additions, BooleanSupplier cold)
      implements CompiledKernel {
    @Override
    public boolean isSettled() {
      return !cold.getAsBoolean();
    }

    @Override
    public String source() {
      return "";
    }
  }

  private static final class Buffer implements DeviceBuffer {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final AtomicLong live;

    Buffer(long bytes, AtomicLong live) {
      this.memory = arena.allocate(bytes, 64);
      this.live = live;
    }

    @Override
    public long bytes() {
      return memory.byteSize();
    }

    @Override
    public @Nullable MemorySegment host() {
      return null;
    }

    /** The test's device is in the same process, so that its address may as well be the memory. */
    @Override
    public MemorySegment memory() {
      return memory;
    }

    @Override
    public void close() {
      live.addAndGet(-memory.byteSize());
      arena.close();
    }
  }

  @Override
  public DeviceInfo info() {
    return new DeviceInfo("paced", "as slow as it is told to be", 1, 1 << 20, Map.of());
  }

  @Override
  public CompiledKernel compile(Kernel kernel) {
    FusedKernel fused = (FusedKernel) kernel;
    double additions = 0;
    for (SsaValue value : fused.body()) {
      additions += value instanceof SsaValue.Apply ? 1 : 0;
    }
    return new Code(kernel, !fused.params().isEmpty(), additions, this::isCold);
  }

  @Override
  public DeviceBuffer allocate(long bytes) {
    if (live.addAndGet(bytes) > limit) {
      live.addAndGet(-bytes);
      throw new DeviceMemoryException("paced: full");
    }
    return new Buffer(bytes, live);
  }

  @Override
  public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
    Code code = (Code) kernel;
    launches.incrementAndGet();
    long size = arguments.size();
    double bytes = size * (code.reads ? 16 : 8);
    double work = Math.max(bytes / rates.memory(), size * code.additions / rates.arithmetic());
    paced(
        rates.launchNanos() + (isCold() ? 10 : 1) * work,
        completion,
        () -> {
          // Only the sum and the fill are checked by anybody.
          if (code.additions <= 1) {
            compute(code, arguments);
          }
        });
  }

  private void compute(Code code, Arguments arguments) {
    double scalar = Double.longBitsToDouble(arguments.scalars()[0]);
    Operand to = arguments.outputs().getFirst();
    MemorySegment out = Objects.requireNonNull(to.memory());
    for (long i = 0; i < arguments.size(); i++) {
      double value = scalar;
      if (code.reads) {
        Operand from = arguments.inputs().getFirst();
        MemorySegment in = Objects.requireNonNull(from.memory());
        value += error + in.get(ValueLayout.JAVA_DOUBLE, from.base() + 8 * i);
      }
      out.set(ValueLayout.JAVA_DOUBLE, to.base() + 8 * i, value);
    }
  }

  private void paced(double nanos, Completion completion, Runnable work) {
    thread.execute(
        () -> {
          work.run();
          now.addAndGet(Math.round(nanos * disturbance()));
          completion.done(null);
        });
  }

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public void rest(long nanos) {
    now.addAndGet(nanos);
  }

  @Override
  public void execute(HostTask task, Completion completion) {
    throw new UnsupportedOperationException("nothing of the host runs here");
  }

  @Override
  public void copyIn(HostBlock from, DeviceBuffer to, Completion completion) {
    paced(
        rates.copyNanos() + from.bytes() / rates.in(),
        completion,
        () -> from.pack(to.memory().asSlice(0, from.bytes())));
  }

  @Override
  public void copyOut(DeviceBuffer from, HostBlock to, Completion completion) {
    paced(
        rates.copyNanos() + to.bytes() / rates.out(),
        completion,
        () -> to.unpack(from.memory().asSlice(0, to.bytes())));
  }

  @Override
  public MemoryUse memory() {
    return new MemoryUse(live.get(), 0, live.get(), limit);
  }

  @Override
  public void close() {
    thread.close();
  }
}
