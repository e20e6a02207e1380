package dev.weft.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.core.device.Device.MemoryUse;
import dev.weft.timeline.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Samples of long jobs stay few, from the first to the last, and in the order of the devices. */
class MemorySamplesTest {
  private static final long MILLISECOND = 1_000_000;

  private final MemorySamples samples = new MemorySamples();

  private static Map<String, MemoryUse> memory(long bytes) {
    Map<String, MemoryUse> memory = new LinkedHashMap<>();
    memory.put("cpu", new MemoryUse(bytes, 0, bytes, 1 << 20));
    memory.put("cuda:0", new MemoryUse(0, 0, 0, 1 << 20));
    memory.put("disk", new MemoryUse(bytes, 0, 2 * bytes, Long.MAX_VALUE / 2));
    return memory;
  }

  @Test
  void samplesOfALongJobStayFew() {
    int taken = 0;
    for (long at = 0; at < 100_000; at++) {
      if (samples.isDue(at * MILLISECOND)) {
        samples.add(at * MILLISECOND, memory(at));
        taken++;
      }
    }
    assertThat(taken).isGreaterThan(MemorySamples.MOST).isLessThan(20_000);
    List<MemorySamples.Sample> all = samples.all();
    assertThat(all).hasSizeBetween(MemorySamples.MOST / 2, MemorySamples.MOST);
    assertThat(all.getFirst().nanos()).isZero();
    assertThat(all.getLast().nanos()).isGreaterThan(99_000 * MILLISECOND);
    assertThat(all).extracting(MemorySamples.Sample::nanos).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void samplesThatComeLateAreLeftOut() {
    samples.add(5, memory(1));
    samples.add(4, memory(2));
    assertThat(samples.all()).hasSize(1);
  }

  @Test
  void curvesComeInTheOrderOfDevicesAndWithoutThoseThatHeldNothing() {
    samples.add(0, memory(64));
    Recording recording = Recording.of(List.of());
    List<MemoryCurve> curves = MemoryCurve.of(samples.all(), recording);
    assertThat(curves).extracting(MemoryCurve::device).containsExactly("cpu", "disk");
    assertThat(curves).extracting(MemoryCurve::peak).containsExactly(64L, 128L);
    assertThat(curves).extracting(MemoryCurve::limit).containsExactly(1L << 20, 0L);
  }
}
