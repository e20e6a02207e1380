package dev.weft.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.weft.core.device.Energy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters in a folder as Linux shows them. */
class ProcessorEnergyTest {
  @TempDir private Path zones;

  @Test
  void addsUpPackagesAndMemoryAndNothingTwice() throws IOException {
    zone("intel-rapl:0", "package-0", 1_000_000);
    zone("intel-rapl:0:0", "core", 500_000);
    zone("intel-rapl:0:1", "dram", 10);
    zone("intel-rapl:1", "package-1", 7_000_000);
    zone("intel-rapl:2", "psys", 9_000_000);
    ProcessorEnergy energy = new ProcessorEnergy(zones);
    assertThat(joules(energy)).isZero();
    zone("intel-rapl:0", "package-0", 3_000_000);
    zone("intel-rapl:0:0", "core", 2_500_000);
    zone("intel-rapl:0:1", "dram", 250_010);
    zone("intel-rapl:1", "package-1", 7_500_000);
    zone("intel-rapl:2", "psys", 19_000_000);
    assertThat(joules(energy)).isCloseTo(2.75, within(1e-12));
    assertThat(joules(energy)).isCloseTo(2.75, within(1e-12));
  }

  @Test
  void aCounterThatBeganAnewHasGoneOn() throws IOException {
    zone("intel-rapl:0", "package-0", 9_900_000);
    ProcessorEnergy energy = new ProcessorEnergy(zones);
    assertThat(joules(energy)).isZero();
    zone("intel-rapl:0", "package-0", 400_000);
    // 0.1 J to the limit of 10 J, and 0.4 J after it.
    assertThat(joules(energy)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void saysWhyItIsNotTold() throws IOException {
    assertThat(new ProcessorEnergy(zones.resolve("absent")).read())
        .isEqualTo(new Energy.NotTold(zones.resolve("absent") + " has no intel-rapl"));
    assertThat(new ProcessorEnergy(zones).read())
        .isEqualTo(new Energy.NotTold(zones + " has no intel-rapl"));
    zone("intel-rapl:0", "package-0", 1);
    Path counter = zones.resolve("intel-rapl:0/energy_uj");
    Files.writeString(counter, "much\n");
    assertThat(((Energy.NotTold) new ProcessorEnergy(zones).read()).reason())
        .startsWith(zones.resolve("intel-rapl:0") + " cannot be read: ");
  }

  @Test
  void saysWhoMayAllowIt() throws IOException {
    zone("intel-rapl:0", "package-0", 1);
    Path counter = zones.resolve("intel-rapl:0/energy_uj");
    Files.setPosixFilePermissions(counter, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(counter), "root may read everything");
    assertThat(new ProcessorEnergy(zones).read())
        .isEqualTo(
            new Energy.NotTold(
                counter
                    + " may not be read; root can allow it: chmod a+r "
                    + zones.resolve("intel-rapl:*/energy_uj")));
  }

  private static double joules(ProcessorEnergy energy) {
    return ((Energy.Used) energy.read()).joules();
  }

  private void zone(String folder, String name, long microjoules) throws IOException {
    Path zone = Files.createDirectories(zones.resolve(folder));
    Files.writeString(zone.resolve("name"), name + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), "10000000\n");
    Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
  }
}
