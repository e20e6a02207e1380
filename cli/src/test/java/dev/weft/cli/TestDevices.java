package dev.weft.cli;

import dev.weft.core.device.Arguments;
import dev.weft.core.device.CompiledKernel;
import dev.weft.core.device.Device;
import dev.weft.core.device.DeviceBuffer;
import dev.weft.core.device.DeviceInfo;
import dev.weft.core.device.DeviceOptions;
import dev.weft.core.device.DeviceProvider;
import dev.weft.core.device.Energy;
import dev.weft.core.kernel.Kernel;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.testkit.device.EmulatedFarDevice;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Devices with faults, found as long as this is open, on the thread that opened it. */
final class TestDevices implements AutoCloseable {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  TestDevices(Path folder) throws IOException {
    Path services = folder.resolve("services");
    Files.write(
        services,
        Stream.of(Absent.class, Wrong.class, Far.class, Counted.class)
            .map(Class::getName)
            .toList());
    URL url = services.toUri().toURL();
    Thread.currentThread()
        .setContextClassLoader(
            new ClassLoader(before) {
              @Override
              protected Enumeration<URL> findResources(String name) {
                return name.endsWith("/" + DeviceProvider.class.getName())
                    ? Collections.enumeration(List.of(url))
                    : Collections.emptyEnumeration();
              }
            });
  }

  @Override
  public void close() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** Cannot be used. */
  public static final class Absent implements DeviceProvider {
    @Override
    public String name() {
      return "absent";
    }

    @Override
    public int rank() {
      return 1000;
    }

    @Override
    public Availability probe() {
      return new Availability.Unusable("it is not plugged in", "Plug it in.");
    }

    @Override
    public Device open(DeviceOptions options) {
      throw new IllegalStateException("it was said to be unusable");
    }
  }

  /** Computes a wrong first element. */
  public static final class Wrong implements DeviceProvider {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public int rank() {
      return 1001;
    }

    @Override
    public Availability probe() {
      return new Availability.Usable("nearly right");
    }

    @Override
    public Device open(DeviceOptions options) {
      return new WrongDevice(new ReferenceDevice(options.memoryLimit()));
    }
  }

  /** Has memory of its own, which is small, so that it is soon measured. */
  public static final class Far implements DeviceProvider {
    @Override
    public String name() {
      return "far";
    }

    @Override
    public int rank() {
      return 1002;
    }

    @Override
    public boolean isFar() {
      return true;
    }

    /** Nobody finds it who does not ask for it. */
    @Override
    public boolean isLikely() {
      return false;
    }

    @Override
    public Availability probe() {
      return new Availability.Usable("far away");
    }

    @Override
    public Device open(DeviceOptions options) {
      return new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 24));
    }
  }

  /** Has a counter of energy that goes on by a joule with each look at it. */
  public static final class Counted implements DeviceProvider {
    @Override
    public String name() {
      return "counted";
    }

    @Override
    public int rank() {
      return 1003;
    }

    @Override
    public Availability probe() {
      return new Availability.Usable("economical");
    }

    @Override
    public Device open(DeviceOptions options) {
      return new CountedDevice(new ReferenceDevice(1 << 26), new AtomicLong());
    }
  }

  private record CountedDevice(Device device, AtomicLong joules) implements Device {
    @Override
    public DeviceInfo info() {
      return device.info();
    }

    @Override
    public CompiledKernel compile(Kernel kernel) {
      return device.compile(kernel);
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
      return device.allocate(bytes);
    }

    @Override
    public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
      device.launch(kernel, arguments, completion);
    }

    @Override
    public void execute(HostTask task, Completion completion) {
      device.execute(task, completion);
    }

    @Override
    public MemoryUse memory() {
      return device.memory();
    }

    @Override
    public Energy energy() {
      return new Energy.Used(joules.incrementAndGet(), "the test");
    }

    @Override
    public void close() {
      device.close();
    }
  }

  private record WrongDevice(Device right) implements Device {
    @Override
    public DeviceInfo info() {
      return right.info();
    }

    @Override
    public CompiledKernel compile(Kernel kernel) {
      return right.compile(kernel);
    }

    @Override
    public DeviceBuffer allocate(long bytes) {
      return right.allocate(bytes);
    }

    @Override
    public void launch(CompiledKernel kernel, Arguments arguments, Completion completion) {
      right.launch(
          kernel,
          arguments,
          failure -> {
            Objects.requireNonNull(arguments.outputs().getFirst().memory())
                .set(ValueLayout.JAVA_DOUBLE, 0, -77);
            completion.done(failure);
          });
    }

    @Override
    public void execute(HostTask task, Completion completion) {
      right.execute(task, completion);
    }

    @Override
    public MemoryUse memory() {
      return right.memory();
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
