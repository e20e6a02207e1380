package dev.weft.testkit.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.device.Device;
import dev.weft.core.fuse.ArrayDef;
import dev.weft.core.fuse.Destination;
import dev.weft.core.fuse.Fuser;
import dev.weft.core.fuse.Stage;
import dev.weft.core.fuse.Stage.Work;
import dev.weft.core.launch.TaskLauncher;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.memory.HeldMemory;
import dev.weft.core.memory.JobMemory;
import dev.weft.core.memory.OpenTargets;
import dev.weft.core.optimize.Optimizer;
import dev.weft.core.place.DefaultRates;
import dev.weft.core.plan.Plan;
import dev.weft.core.shape.ChunkSize;
import dev.weft.core.spill.SpillDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks give the same bits however many of them are started as one. */
public abstract class SlabSuite {
  /** The device under test, opened anew; closed by the suite. */
  protected abstract Device open();

  /** More than any job here has. */
  private static final int ALL = 1_000_000;

  /** Maps, reductions of all kinds and axes, intermediate arrays that are kept, uneven chunks. */
  private static List<NDArray> results(Session session) {
    NDArray x = session.random(5).uniform(61, 47).rechunk(4, 9);
    NDArray y = x.subtract(x.mean(0)).divide(x.std(0)).exp();
    return List.of(
        x.add(1.0).multiply(x),
        x.sum(),
        y.mean(1),
        y.max(0),
        x.slice("::-1").subtract(y).sum(0),
        x.argmax(),
        session.arange(1000).rechunk(3).sum());
  }

  private static byte[] bytes(Device device, Plan plan, int slab) {
    DeviceGroup devices = DeviceGroup.of(List.of(device), new DefaultRates());
    OpenTargets targets =
        new OpenTargets(List.of(), plan.graph().results(), (stage, chunk, attempt, reason) -> {});
    try (SpillDevice disk = new SpillDevice(Path.of("unused"))) {
      JobMemory memory = new JobMemory(new HeldMemory(devices, disk), plan, targets);
      memory.allocateDense(0);
      TaskLauncher launcher = new TaskLauncher(memory, plan);
      for (Stage stage : plan.graph().stages()) {
        int most = stage.work() instanceof Work.Library ? 1 : slab;
        for (long first = 0; first < plan.chunks(stage.id()); first += most) {
          CompletableFuture<Void> end = new CompletableFuture<>();
          launcher.launch(
              stage.id(),
              first,
              (int) Math.min(most, plan.chunks(stage.id()) - first),
              (at, failure) -> {
                if (failure == null) {
                  end.complete(null);
                } else {
                  end.completeExceptionally(failure);
                }
              });
          end.join();
        }
      }
      ArrayDef result = plan.graph().results().getFirst();
      MemorySegment values = memory.dense(result);
      byte[] bytes = values.asSlice(0, result.bytes()).toArray(ValueLayout.JAVA_BYTE);
      memory.close();
      return bytes;
    }
  }

  /** The same plan task by task and in slabs. */
  @ParameterizedTest
  @ValueSource(ints = {2, 7, ALL})
  void bitsDoNotDependOnTheSlab(int slab) {
    Function<NDArray, Plan> planner =
        array -> {
          Optimizer optimizer = new Optimizer(new ChunkSize(1 << 20), Set.of());
          return new Plan(
              Fuser.fuse(
                  optimizer.run(List.of(array.expr())).getLast().roots(),
                  List.of(new Destination.Memory())));
        };
    List<Plan> plans = new ArrayList<>();
    try (Session session = Session.open(SessionConfig.defaults().withDevice("reference"))) {
      results(session).forEach(array -> plans.add(planner.apply(array)));
    }
    try (Device device = open()) {
      for (Plan plan : plans) {
        assertThat(plan.tasks()).isGreaterThan(8);
        String label = plan.graph().results().getFirst().label();
        assertThat(bytes(device, plan, slab)).as(label).isEqualTo(bytes(device, plan, 1));
      }
      assertThat(device.memory().live()).isZero();
    }
  }
}
