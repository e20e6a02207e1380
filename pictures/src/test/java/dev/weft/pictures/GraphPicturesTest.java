package dev.weft.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.DeviceException;
import dev.weft.core.error.UsageException;
import dev.weft.core.picture.Picture;
import dev.weft.core.picture.Picture.Panel;
import dev.weft.core.picture.PictureDrawer;
import dev.weft.core.picture.PictureFormat;
import dev.weft.core.picture.PictureGraph;
import dev.weft.core.picture.PictureGraph.Edge;
import dev.weft.core.picture.PictureNode;
import dev.weft.core.picture.PictureNode.Kind;
import dev.weft.core.picture.PictureOptions;
import dev.weft.core.picture.PictureOptions.Color;
import dev.weft.testkit.Golden;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Files of graphs that are made by hand. */
class GraphPicturesTest {
  private static final String HOSTILE =
      "\"]; <script>alert('&amp;')</script> %s%n \\ ]]> \u0000 \ud83e\uddf6 %d";

  private static Picture small() {
    PictureNode x =
        PictureNode.of("x", "x.npy", Kind.SOURCE)
            .withDetail("float64 (4000, 5000)")
            .withFact("shape", "(4000, 5000)")
            .withFact("dtype", "float64")
            .withFact("chunks", "[125*32 x 5000], 125 chunks")
            .withFact("bytes", "152.6 MiB");
    PictureNode root =
        PictureNode.of("s0", "multiply_sqrt", Kind.ELEMENTWISE)
            .withDetail("× 125 chunks")
            .withDevice("cuda:0")
            .withCount(125)
            .withFact(
                "kernel", "multiply_sqrt\n%0: float64 = load p0\n%1: float64 = multiply %0, %0");
    PictureNode mean = PictureNode.of("s1", "mean", Kind.REDUCTION).withDevice("cpu").asResult();
    return new Picture(
        "Roots",
        List.of(
            new Panel(
                "Stages",
                "a remark",
                new PictureGraph(
                    List.of(x, root, mean),
                    List.of(new Edge("x", "s0", "152.6 MiB"), new Edge("s0", "s1", ""))))));
  }

  private static String text(Picture picture, PictureFormat format, Color color) {
    byte[] bytes =
        new GraphPictures().draw(picture, format, PictureOptions.defaults().withColor(color));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void svgAndDotAreAsAccepted() {
    Golden.check(
        "src/test/resources/golden/small.svg", text(small(), PictureFormat.SVG, Color.KIND));
    Golden.check(
        "src/test/resources/golden/small-by-device.svg",
        text(small(), PictureFormat.SVG, Color.DEVICE));
    Golden.check(
        "src/test/resources/golden/small.dot", text(small(), PictureFormat.DOT, Color.KIND));
  }

  @Test
  void pngHasTwoPixelsForOneOfTheSvg() throws Exception {
    Document svg = parsed(text(small(), PictureFormat.SVG, Color.KIND));
    byte[] png = new GraphPictures().draw(small(), PictureFormat.PNG, PictureOptions.defaults());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));

    assertThat(image.getWidth())
        .isEqualTo(2 * Integer.parseInt(svg.getDocumentElement().getAttribute("width")));
    assertThat(image.getHeight())
        .isEqualTo(2 * Integer.parseInt(svg.getDocumentElement().getAttribute("height")));
    assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    long coloured = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        coloured += image.getRGB(x, y) == 0xFFDCEBF7 ? 1 : 0;
      }
    }
    assertThat(coloured).describedAs("pixels of the elementwise box").isGreaterThan(5_000);
  }

  @Test
  void bigPicturesHaveFewerPixels() {
    assertThat(PngCanvas.scale(1000, 1000)).isEqualTo(2);
    assertThat(PngCanvas.scale(40_000, 10_000)).isLessThan(0.32).isGreaterThan(0.31);
  }

  @Test
  void wordsOfOthersNeverBecomeMarkup() throws Exception {
    PictureNode node =
        PictureNode.of("<b>&", HOSTILE, Kind.USER).withDetail(HOSTILE).withFact(HOSTILE, HOSTILE);
    Picture picture =
        new Picture(
            HOSTILE,
            List.of(
                new Panel(
                    HOSTILE,
                    HOSTILE,
                    new PictureGraph(
                        List.of(node, PictureNode.of("b", "b", Kind.WRITE).withDevice(HOSTILE)),
                        List.of(new Edge("<b>&", "b", HOSTILE))))));

    for (Color color : Color.values()) {
      Document svg = parsed(text(picture, PictureFormat.SVG, color));
      assertThat(svg.getElementsByTagName("script").getLength()).isZero();
      NodeList titles = svg.getElementsByTagName("title");
      assertThat(titles.item(1).getTextContent()).contains("<script>alert('&amp;')</script> %s%n");
    }
    String dot = text(picture, PictureFormat.DOT, Color.KIND);
    assertThat(dot.lines()).anyMatch(line -> line.contains("label=\"\\\"]; <script>"));
    // Quotes that are not escaped come in pairs on each line.
    assertThat(dot.lines())
        .allMatch(
            line -> line.replaceAll("\\\\.", "").chars().filter(c -> c == '"').count() % 2 == 0);
    assertThat(new GraphPictures().draw(picture, PictureFormat.PNG, PictureOptions.defaults()))
        .startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void coloursStandInAttributesOnAPaper() {
    String svg = text(small(), PictureFormat.SVG, Color.KIND);

    assertThat(svg)
        .doesNotContain("var(")
        .contains("fill=\"#ffffff\"")
        .contains("fill=\"#dcebf7\"");
    assertThat(svg).contains("prefers-color-scheme:dark").contains(".each{fill:#17384f}");
  }

  @Test
  void theEndingSaysTheFormat(@TempDir Path folder) throws Exception {
    for (String ending : List.of("svg", "PNG", "dot")) {
      PictureDrawer.draw(small(), folder.resolve("graph." + ending), PictureOptions.defaults());
    }
    assertThat(Files.readString(folder.resolve("graph.svg"))).startsWith("<svg ");
    assertThat(Files.readAllBytes(folder.resolve("graph.PNG"))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(Files.readString(folder.resolve("graph.dot"))).startsWith("digraph ");

    assertThatThrownBy(
            () -> PictureDrawer.draw(small(), folder.resolve("a.jpg"), PictureOptions.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "the picture %s: its name must end in .svg, .png or .dot, which says the format",
            folder.resolve("a.jpg"));
    assertThatThrownBy(
            () ->
                PictureDrawer.draw(
                    small(), folder.resolve("not/there.svg"), PictureOptions.defaults()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the folder %s does not exist", folder.resolve("not"));
    Files.createDirectory(folder.resolve("taken.svg"));
    assertThatThrownBy(
            () ->
                PictureDrawer.draw(small(), folder.resolve("taken.svg"), PictureOptions.defaults()))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("write the picture %s", folder.resolve("taken.svg"));
  }
}
