package dev.weft.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.core.error.UsageException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** How arrays show themselves. */
class ArrayHtmlTest {
  private final Session session =
      Session.open(SessionConfig.defaults().withDevice("reference").withMemoryLimit(1L << 28));

  @AfterEach
  void close() {
    session.close();
  }

  private NDArray zeros(String chunks, long... extents) {
    return session.zeros(extents).rechunk(ChunkSpec.parse(chunks));
  }

  private static Document parsed(String markup) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(markup.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document document, String element) {
    List<String> texts = new ArrayList<>();
    NodeList found = document.getElementsByTagName(element);
    for (int i = 0; i < found.getLength(); i++) {
      texts.add(found.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void theTableTellsOfArrayAndChunk() throws Exception {
    Document html = parsed(zeros("1000,2000", 4000, 5000).sqrt().toHtml());

    assertThat(texts(html, "td"))
        .containsExactly(
            "152.6 MiB",
            "15.3 MiB",
            "(4000, 5000)",
            "(1000, 2000)",
            "12 tasks in 1 stage for 3 operations",
            "12 chunks",
            "float64",
            "float64");
    assertThat(html.getElementsByTagName("svg").getLength()).isEqualTo(1);
  }

  @Test
  void whatCannotBePlannedSaysWhy() throws Exception {
    NDArray array = zeros("1000,2000", 4000, 5000);
    session.close();

    assertThat(texts(parsed(array.toHtml()), "td").get(4))
        .startsWith("2 operations, not planned: the session is closed");
  }

  /** Two axes have one face with a border each; three have three faces, each cut both ways. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "10; 100; 1; 9; 100",
        "10,20; 40,100; 1; 3 + 4; 100 40",
        "5,5,10; 10,20,30; 3; 1 + 3 + 1 + 2 + 3 + 2; 30 20 10",
      })
  void theGridIsCutWhereChunksMeet(
      String chunks, String shape, int faces, String cuts, String labels) throws Exception {
    long[] extents = Arrays.stream(shape.split(",")).mapToLong(Long::parseLong).toArray();
    Document svg = parsed(zeros(chunks, extents).toSvg());

    int lines = Arrays.stream(cuts.split(" \\+ ")).mapToInt(Integer::parseInt).sum();
    assertThat(svg.getElementsByTagName("polygon").getLength()).isEqualTo(faces);
    assertThat(svg.getElementsByTagName("line").getLength()).isEqualTo(lines);
    assertThat(texts(svg, "text")).containsExactly(labels.split(" "));
  }

  @Test
  void moreAxesAreSeveralBoxesAndManyChunksAFewLines() throws Exception {
    Document five = parsed(session.zeros(3, 10, 20, 30, 40).toSvg());
    assertThat(five.getElementsByTagName("polygon").getLength()).isEqualTo(1 + 3);
    assertThat(texts(five, "text")).containsExactly("10", "3", "40", "30", "20");

    Document many = parsed(zeros("1", 1_000_000).toSvg());
    assertThat(many.getElementsByTagName("line").getLength()).isBetween(20, 30);

    assertThat(parsed(session.zeros().toSvg()).getElementsByTagName("polygon").getLength())
        .isEqualTo(1);
  }

  @Test
  void everythingLiesWithinTheDrawing() throws Exception {
    Element svg = parsed(zeros("5,5,10", 10, 20, 30).toSvg()).getDocumentElement();
    double width = Double.parseDouble(svg.getAttribute("width"));
    double height = Double.parseDouble(svg.getAttribute("height"));
    NodeList faces = svg.getElementsByTagName("polygon");
    for (int i = 0; i < faces.getLength(); i++) {
      for (String point : ((Element) faces.item(i)).getAttribute("points").split(" ")) {
        assertThat(Double.parseDouble(point.split(",")[0])).isBetween(0.0, width);
        assertThat(Double.parseDouble(point.split(",")[1])).isBetween(0.0, height);
      }
    }
  }

  @Test
  void theTextTellsChunksAndBytes() {
    assertThat(zeros("1000,5000", 4000, 5000))
        .hasToString(
            "NDArray(shape=(4000, 5000), dtype=float64, chunks=[4*1000 x 5000], 4 chunks, 152.6 MiB)");
  }

  @Test
  void drawingGraphsNeedsItsModule() {
    NDArray array = session.zeros(3);
    assertThatThrownBy(() -> array.visualize(Path.of("graph.svg")))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "graphs cannot be drawn: no drawer is on the class path. Add weft-pictures to it");
  }
}
