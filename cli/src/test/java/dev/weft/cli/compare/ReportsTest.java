package dev.weft.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weft.cli.compare.Outcome.Measured;
import dev.weft.core.HostArray;
import dev.weft.core.device.Energy;
import dev.weft.core.dtype.DType;
import dev.weft.testkit.Golden;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Table, chart, JSON and warnings of measurements that are made up. */
class ReportsTest {
  private static final long MS = 1_000_000;
  private static final String GOLDEN = "src/test/resources/dev/weft/cli/compare/";
  private static final Heading HEADING =
      new Heading("sum(x < 1 & y)", "x float64 (10,)", "2 cores", 3);
  private static final Agreement SAME =
      new Agreement("cpu", 64, List.of(new Distance(DType.FLOAT64, 1, 0, 0, 0, -1)), "");
  private static final Agreement ROUNDED =
      new Agreement(
          "cpu",
          64,
          List.of(
              new Distance(DType.FLOAT64, 9, 4, 2, 2, 3),
              new Distance(DType.FLOAT64, 9, 4, 5e6, 0.5, 3),
              new Distance(DType.INT64, 9, 0, 0, 0, -1)),
          "");

  private static final Limits LIMITS = new Limits(25, 50, 0, "");
  private static final EnergyUse UNTOLD =
      new EnergyUse(Map.of(), Map.of(), Map.of("cpu", "/sys/class/powercap has no intel-rapl"));

  private static final Measured CPU = measured("cpu", SAME, 400, 20, 22, 30);
  private static final Measured SCALAR = measured("cpu-scalar", ROUNDED, 100, 43, 44, 45);
  private static final Outcome CUDA = new Outcome.NotRun("cuda", "no <driver>", "Install one");
  private static final List<Outcome> ALL =
      List.of(
          CPU,
          SCALAR,
          CUDA,
          new Outcome.Failed("npu", InputsAt.HOST, "no memory"),
          new Outcome.Different("x", InputsAt.HOST, wrong()));

  /** A device with memory of its own, a counter, and a job of products; and one without limits. */
  private static final List<Outcome> FAR =
      List.of(
          CPU,
          far(InputsAt.HOST, 40),
          far(InputsAt.DEVICE, 4),
          new Measured(
              "full",
              InputsAt.HOST,
              "a device",
              times(30),
              List.of(times(30), times(31)),
              SAME,
              Limits.unknown("its memory is full"),
              new EnergyUse(Map.of(), Map.of(), Map.of("full", "it has no counter of energy"))));

  private static Measured far(InputsAt at, long total) {
    return new Measured(
        "gpu",
        at,
        "a device",
        times(900),
        List.of(times(total), times(total)),
        SAME,
        new Limits(1000, 900, 2000, ""),
        new EnergyUse(Map.of("gpu", 1.25, "cpu", 0.5), Map.of("gpu", "the whole GPU"), Map.of()));
  }

  /** Runs of which 2 ms are compiling, a tenth reducing, and the rest but 1 ms kernels. */
  private static Measured measured(String device, Agreement agreement, long cold, long... totals) {
    List<JobTimes> runs = new ArrayList<>();
    for (long total : totals) {
      runs.add(times(total));
    }
    return new Measured(
        device, InputsAt.HOST, "a device", times(cold), runs, agreement, LIMITS, UNTOLD);
  }

  private static JobTimes times(long total) {
    long reduce = total * MS / 10;
    return new JobTimes(
        Map.of(
            Phase.COMPILE,
            2 * MS,
            Phase.KERNEL,
            Math.max(0, total * MS - reduce - 3 * MS),
            Phase.REDUCE,
            reduce),
        total * MS,
        new JobWork(440 * MS, 880 * MS, 800 * MS, DType.FLOAT64));
  }

  private static Agreement wrong() {
    try (HostArray expected = HostArray.of(new long[][] {{1, 2, 3}, {4, 5, 6}});
        HostArray actual = HostArray.of(new long[][] {{1, 2, 3}, {4, 7, 6}})) {
      return Agreement.of("cpu", 64, List.of("r"), List.of(expected), List.of(actual));
    }
  }

  @Test
  void theTable() {
    assertThat(ComparisonTable.of(HEADING, ALL, List.of("mind the gap")))
        .isEqualTo(
            """
            sum(x < 1 & y)
            x float64 (10,)
            2 cores

            device      cold  compile  to device  kernel  to host  reduce  total  spread  GB/s  memory  speed-up
            cpu          400     2.00          -    16.8        -    2.20   22.0    45 %  20.0    80 %      1.00
            cpu-scalar   100     2.00          -    36.6        -    4.40   44.0     5 %  10.0    40 %      0.50
            cuda        not run: no <driver>. Install one
            npu         failed: no memory
            x           different answer, so no times: r[1, 1] is 7, but 5 on cpu; 1 of 6 elements differ

            milliseconds; cold: the first run; the others: medians of 3, after a warm-up
            compile: until the first task starts; -: not known, or there is none; speed-up: against cpu
            440 MB read from inputs and written to results
            memory: share of the GB/s measured by 'weft devices': cpu 25.0, cpu-scalar 25.0
            energy: not told: cpu: /sys/class/powercap has no intel-rapl

            answers, against the first of cpu; up to 64 ulp count as the same
              cpu         float64 to the bit
              cpu-scalar  float64 within 5.0e+06 ulp (0.5 of the largest element), int64 exactly

            warning: mind the gap
            """);
  }

  @Test
  void theTableOfADeviceWithMemoryOfItsOwn() {
    assertThat(ComparisonTable.of(HEADING, FAR, List.of()))
        .contains(
            """
            device  inputs  cold  compile  to device  kernel  to host  reduce  total  spread  GB/s  memory  products     J  speed-up
            cpu       host   400     2.00          -    16.8        -    2.20   22.0    45 %  20.0    80 %         -     -      1.00
            gpu       host   900     2.00          -    33.0        -    4.00   40.0     0 %  11.0     1 %       1 %  1.75      0.55
            gpu      there   900     2.00          -   0.600        -   0.400   4.00     0 %   110    11 %      10 %  1.75      5.50
            full      host  30.0     2.00          -    24.5        -    3.05   30.5     3 %  14.4       -         -     -      0.72
            """)
        .contains(
            """
            there: inputs lie on the device before a run, and a single result stays there
            memory: share of the GB/s measured by 'weft devices': cpu 25.0, gpu 1000
            products: share of the Gflop/s of the best product: gpu 2000
            J: joules a run, on gpu of the whole GPU
            energy: not told: cpu: /sys/class/powercap has no intel-rapl
            memory: not known of full: its memory is full
            energy: not told: full: it has no counter of energy
            """)
        .contains("gpu, inputs there  float64 to the bit");
  }

  @Test
  void theChartAsCommitted() {
    Golden.check(GOLDEN + "devices.svg", ComparisonChart.of(HEADING, ALL, Warnings.of(ALL)));
    Golden.check(GOLDEN + "far.svg", ComparisonChart.of(HEADING, FAR, List.of()));
  }

  @Test
  void theTableWithoutAnyTimes() {
    assertThat(ComparisonTable.of(HEADING, List.of(CUDA), List.of()))
        .endsWith("cuda    not run: no <driver>. Install one\n");
  }

  @Test
  void theChartDrawsTimesToScale() throws Exception {
    Document svg = parse(ComparisonChart.of(HEADING, ALL, Warnings.of(ALL)));
    NodeList rects = svg.getElementsByTagName("rect");
    Map<String, Double> kernels = new HashMap<>();
    Map<String, Double> rows = new HashMap<>();
    for (int i = 0; i < rects.getLength(); i++) {
      Element rect = (Element) rects.item(i);
      double width = Double.parseDouble(rect.getAttribute("width"));
      if (rect.getAttribute("height").equals("24")) {
        rows.merge(rect.getAttribute("y"), width, Double::sum);
        if (rect.getAttribute("class").equals("kernel")) {
          kernels.put(rect.getAttribute("y"), width);
        }
      }
    }
    List<String> order = kernels.keySet().stream().sorted((a, b) -> value(a) - value(b)).toList();
    assertThat(order).hasSize(2);
    double unit = rows.get(order.get(1)) / 44;
    assertThat(rows.get(order.get(0))).isCloseTo(22 * unit, within(0.1));
    assertThat(kernels.get(order.get(0))).isCloseTo(16.8 * unit, within(0.1));
    assertThat(kernels.get(order.get(1))).isCloseTo(36.6 * unit, within(0.1));
    String words = svg.getDocumentElement().getTextContent();
    assertThat(words)
        .contains("Time by device: sum(x < 1 & y)", "2 cores", "milliseconds", "0 ms")
        .contains("not run: no <driver>. Install one", "failed: no memory", "r[1, 1] is 7")
        .contains("22.0 ms", "44.0 ms, 0.50 ×", "reduce (host)")
        .contains("speed-up against cpu", "spread 45 %", "warning: cpu: times vary by 45 %")
        .contains("cpu: 20.0 of 25.0 GB/s, 80 %")
        .doesNotContain("host to device");
    assertThat(ComparisonChart.of(HEADING, ALL, Warnings.of(ALL)))
        .contains("prefers-color-scheme:dark")
        .doesNotContain("href", "<script", "url(", "@import", "var(");
  }

  @Test
  void theChartWithoutAnyTimes() throws Exception {
    assertThat(
            parse(ComparisonChart.of(HEADING, List.of(CUDA), List.of()))
                .getElementsByTagName("rect"))
        .extracting(NodeList::getLength)
        .isEqualTo(1);
  }

  @Test
  void ticksAreRound() {
    assertThat(BarDrawing.step(44)).isEqualTo(10);
    assertThat(BarDrawing.step(22)).isEqualTo(5);
    assertThat(BarDrawing.step(0.012)).isCloseTo(0.0025, within(1e-9));
    assertThat(BarDrawing.step(900)).isEqualTo(200);
  }

  @Test
  void theJsonHasNoNumbersForWhatDidNotRun() {
    Map<String, Object> json = ComparisonJson.of(HEADING, ALL, List.of());
    List<?> devices = (List<?>) json.get("devices");
    Map<?, ?> cpu = (Map<?, ?>) devices.get(0);
    assertThat(cpu.get("status")).isEqualTo("measured");
    Map<?, ?> seconds = (Map<?, ?>) cpu.get("seconds");
    assertThat((Double) seconds.get("total")).isCloseTo(0.022, within(1e-12));
    assertThat((Double) seconds.get("rest")).isCloseTo(0.001, within(1e-12));
    assertThat(seconds.containsKey("host_to_device")).isTrue();
    assertThat(seconds.get("host_to_device")).isNull();
    assertThat((Double) cpu.get("bytes_per_second")).isCloseTo(20e9, within(1e-3));
    assertThat((Double) ((Map<?, ?>) devices.get(1)).get("speed_up")).isCloseTo(0.5, within(1e-12));
    assertThat((Double) cpu.get("share_of_memory")).isCloseTo(0.8, within(1e-12));
    assertThat((Double) cpu.get("share_of_products")).isNaN();
    assertThat(((Map<?, ?>) cpu.get("energy")).get("not_told"))
        .hasToString("{cpu=/sys/class/powercap has no intel-rapl}");
    Map<?, ?> cuda = (Map<?, ?>) devices.get(2);
    assertThat(cuda.keySet()).hasToString("[device, status, reason, remedy]");
    assertThat(((Map<?, ?>) devices.get(4)).keySet())
        .hasToString("[device, inputs_at, status, reason, answers]");
  }

  @Test
  void medianAndSpread() {
    assertThat(CPU.median().total()).isEqualTo(22 * MS);
    assertThat(CPU.spread()).isCloseTo(10.0 / 22, within(1e-9));
    assertThat(measured("cpu", SAME, 9, 10, 20, 40, 50).median().total()).isEqualTo(30 * MS);
  }

  @Test
  void warnings() {
    assertThat(Warnings.of(ALL))
        .containsExactly(
            "cpu: times vary by 45 %, from 20.0 ms to 30.0 ms: smaller differences between devices"
                + " mean nothing; close other programs, or use a larger --repeat",
            "caches were cold at first: kernels had to be compiled, and the first run took longer"
                + " than the median (cpu 18 times, cpu-scalar 2 times); for a job that runs once,"
                + " compare the column 'cold'");
    assertThat(Warnings.of(List.of(measured("cpu", SAME, 5, 5, 5))))
        .containsExactly(
            "cpu: the inputs are too small to compare devices: planning and starting tasks takes"
                + " 60 % of 5.00 ms; use larger ones");
    assertThat(Warnings.of(List.of(measured("cpu", SAME, 20, 20), CUDA)))
        .containsExactly(
            "cpu: one run says nothing about how much times vary; use a larger --repeat",
            "only cpu gave times: there is nothing to compare it with");
    assertThat(Warnings.ofLoad(0.4, 2)).isEmpty();
    assertThat(Warnings.ofLoad(1.5, 2)).singleElement().asString().contains("1.5 of 2 cores");
  }

  @Test
  void whatWasMovedInSpiteOfInputsBeingThereIsTold() {
    JobTimes moved =
        new JobTimes(Map.of(Phase.HOST_TO_DEVICE, 3 * MS), 4 * MS, new JobWork(8, 1, 0, null));
    Measured gpu =
        new Measured(
            "gpu", InputsAt.DEVICE, "", moved, List.of(moved, moved), SAME, LIMITS, UNTOLD);
    assertThat(Warnings.of(List.of(CPU, gpu)))
        .anyMatch(
            warning ->
                warning.startsWith(
                    "gpu, inputs there: something was copied to a device in each run, for 3.00 ms"));
  }

  /** The whiskers end with the picture; the text says how far they would go. */
  @Test
  void aRunThatTookMuchLongerIsDrawnToTheEdge() {
    Measured wild = measured("cpu", SAME, 20, 20, 21, 400);
    assertThat(ComparisonChart.of(HEADING, List.of(wild), List.of()))
        .contains("spread 1810 %, to 400 ms");
  }

  @Test
  void linesOfWarningsAreWrappedAtWords() {
    assertThat(ComparisonChart.wrapped("one two three four", 9))
        .containsExactly("one two", "three", "four");
  }

  @Test
  void energyIsTheDifferenceByTheRuns() {
    EnergyUse use =
        EnergyUse.between(
            Map.of("cpu", new Energy.Used(10, "packages"), "gpu", new Energy.NotTold("no library")),
            Map.of("cpu", new Energy.Used(16, "packages"), "gpu", new Energy.NotTold("no library")),
            4);
    assertThat(use.joules()).isEqualTo(Map.of("cpu", 1.5));
    assertThat(use.of()).isEqualTo(Map.of("cpu", "packages"));
    assertThat(use.notTold()).isEqualTo(Map.of("gpu", "no library"));
    assertThat(use.sum()).isEqualTo(1.5);
  }

  @Test
  void units() {
    assertThat(List.of(Units.time(12), Units.time(1234), Units.time(12.34e6), Units.time(2e9)))
        .containsExactly("12.0 ns", "1.23 µs", "12.3 ms", "2.00 s");
    assertThat(List.of(Units.bytes(16), Units.bytes(1999), Units.bytes(32e7), Units.bytes(2e9)))
        .containsExactly("16 B", "2.00 kB", "320 MB", "2.00 GB");
    assertThat(List.of(Units.count(1000), Units.count(31623), Units.count(316228)))
        .containsExactly("1,000", "31,623", "3.16e5");
    assertThat(List.of(Units.count(1e8), Units.count(2.5e6), Units.count(123456789)))
        .containsExactly("1e8", "2.5e6", "1.23e8");
  }

  private static int value(String number) {
    return Integer.parseInt(number);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
