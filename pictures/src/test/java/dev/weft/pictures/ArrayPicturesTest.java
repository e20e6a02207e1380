package dev.weft.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.ChunkSpec;
import dev.weft.core.NDArray;
import dev.weft.core.Session;
import dev.weft.core.SessionConfig;
import dev.weft.core.error.UsageException;
import dev.weft.core.memory.DeviceGroup;
import dev.weft.core.picture.PictureOptions;
import dev.weft.core.picture.PictureOptions.Color;
import dev.weft.core.picture.PictureOptions.View;
import dev.weft.core.place.Rates;
import dev.weft.core.reference.ReferenceDevice;
import dev.weft.testkit.Golden;
import dev.weft.testkit.device.EmulatedFarDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of real jobs of arrays. */
class ArrayPicturesTest {
  private final Session session = Session.open(SessionConfig.defaults().withDevice("reference"));

  @TempDir private Path folder;

  @AfterEach
  void close() {
    session.close();
  }

  /** Rows that are centred, then multiplied by the user's own function's values. */
  private NDArray centred() {
    NDArray x = session.random(1).normal(400, 300).rechunk(ChunkSpec.parse("100,300"));
    return x.subtract(x.mean(0)).multiply(2).map(Math::cbrt).matmul(x.transpose()).max();
  }

  private String drawn(NDArray array, String name, PictureOptions options) throws IOException {
    session.visualize(List.of(array), folder.resolve(name), options);
    return Files.readString(folder.resolve(name));
  }

  @Test
  void theViewsOfAJobAreAsAccepted() throws IOException {
    PictureOptions all = PictureOptions.defaults().withTitle("Centred rows");
    Golden.check("src/test/resources/golden/job.dot", drawn(centred(), "job.dot", all));
    Golden.check(
        "src/test/resources/golden/job-stages.svg",
        drawn(centred(), "job.svg", all.withViews(View.STAGES)));
  }

  @Test
  void thePictureOfTheGuideIsCurrent() throws IOException {
    NDArray x = session.random(1).normal(400, 300).rechunk(ChunkSpec.parse("100,300"));
    NDArray deviations = x.subtract(x.mean(0)).square().sum(0);
    Golden.check(
        "../docs/graph.svg",
        drawn(deviations, "guide.svg", PictureOptions.defaults().withTitle("Squared deviations")));
  }

  @Test
  void aPictureOfAnArrayTellsShapesChunksBytesAndKernels() throws IOException {
    centred().visualize(folder.resolve("all.svg"));
    String svg = Files.readString(folder.resolve("all.svg"));

    assertThat(svg).contains("Expression", "Stages", "Tasks", "max over axes [0, 1]: float64 ()");
    assertThat(svg)
        .contains("shape: (400, 300)")
        .contains("chunks: [4*100 x 300], 4 chunks")
        .contains("bytes: 937.5 KiB")
        .contains("%0: float64 = load p0")
        .contains("× 4 chunks")
        .contains("device: reference");
  }

  @Test
  void graphsOfMoreNodesAreSummarisedAndSaySo() throws IOException {
    NDArray x = session.random(1).normal(400, 300).rechunk(ChunkSpec.parse("1,300"));
    String tasks = drawn(x.exp(), "tasks.svg", PictureOptions.defaults().withViews(View.TASKS));
    assertThat(tasks).contains("400 tasks, more than 300 nodes: drawn by stage", "× 400 chunks");

    String all = drawn(x.exp(), "all.svg", PictureOptions.defaults());
    assertThat(all)
        .contains("400 tasks, more than 100 nodes: see the stages, or draw the tasks alone");

    NDArray loop = x;
    for (int i = 0; i < 200; i++) {
      loop = loop.sin().add(x);
    }
    String expression =
        drawn(loop, "loop.svg", PictureOptions.defaults().withViews(View.EXPRESSION));
    assertThat(expression)
        .contains("402 nodes, more than 300: equal ones are drawn as one")
        .contains("× 200");
    assertThat(expression.length()).isLessThan(20_000);
  }

  @Test
  void numbersAreWrittenIntoOperationsAndStretchingIsNotDrawn() throws IOException {
    NDArray x = session.zeros(4, 3).add(1.5).subtract(session.random(1).normal(3));
    String dot = drawn(x, "x.dot", PictureOptions.defaults().withViews(View.EXPRESSION));

    assertThat(dot)
        .contains("add(0.0, 1.5)")
        .doesNotContain("broadcast")
        .doesNotContain("label=\"fill");
    assertThat(dot.lines().filter(line -> line.contains(" -> "))).hasSize(2);
  }

  @Test
  void coloursTellTheDevice() throws IOException {
    String svg = drawn(centred(), "device.svg", PictureOptions.defaults().withColor(Color.DEVICE));

    assertThat(svg).contains(">reference<").contains(">no device<");
  }

  @Test
  void withSeveralDevicesThePictureSaysHowSureItIs() throws IOException {
    Rates equal = new Rates(1, 1, 1000, 1000, 1000, 1000);
    EmulatedFarDevice far = new EmulatedFarDevice("far:0", new ReferenceDevice(1 << 28));
    DeviceGroup group =
        new DeviceGroup(new ReferenceDevice(1 << 28), true, List.of(far), (host, device) -> equal);
    Path file = folder.resolve("two.svg");
    try (Session two = Session.open(SessionConfig.defaults(), group)) {
      NDArray x = two.array(new double[10_000]).sqrt().on("far:0").sum();
      two.visualize(
          List.of(x),
          file,
          PictureOptions.defaults().withViews(View.STAGES).withColor(Color.DEVICE));
    }
    assertThat(Files.readString(file))
        .contains(">devices as for one task alone; each is placed while the job runs<")
        .contains("device: far:0", "device: reference")
        .contains(">far:0<", ">reference<");
  }

  @Test
  void noArrayIsRefused() {
    assertThatThrownBy(
            () -> session.visualize(List.of(), folder.resolve("x.svg"), PictureOptions.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage("visualize: no array is given; a picture needs at least one");
  }
}
