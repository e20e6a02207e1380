package dev.weft.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up machines: what limits a process is the least of all that is around it. */
class MachineLimitsTest {
  private static final long GIB = 1L << 30;
  private static final String UNIFIED = "28 20 0:25 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
  private static final String OLD =
      """
      30 25 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
      31 25 0:27 / /sys/fs/cgroup/cpu,cpuacct rw shared:9 - cgroup cgroup rw,cpu,cpuacct
      22 20 0:21 / /proc rw - proc proc rw
      """;

  @TempDir Path root;

  @BeforeEach
  void aMachineOf16GiB() throws IOException {
    write("proc/meminfo", "MemTotal:       16777216 kB\nMemFree:  123 kB\n");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void process(String groups, String mounts) throws IOException {
    write("proc/self/cgroup", groups);
    write("proc/self/mountinfo", mounts);
  }

  private MachineLimits read() {
    return MachineLimits.read(
        root,
        8,
        () -> {
          throw new AssertionError("everything is known");
        });
  }

  @Test
  void aMachineWithoutGroups() throws IOException {
    process("", "");
    assertThat(read()).isEqualTo(new MachineLimits(16 * GIB, 8));
  }

  @Test
  void theSecondVersionAtItsRoot() throws IOException {
    process("0::/\n", UNIFIED);
    write("sys/fs/cgroup/memory.max", GIB + "\n");
    write("sys/fs/cgroup/cpu.max", "150000 100000\n");
    assertThat(read()).isEqualTo(new MachineLimits(GIB, 2));
  }

  @Test
  void groupsAroundThoseOfTheProcessCountToo() throws IOException {
    process("0::/system.slice/slurmstepd.scope/job_7/step_0/user/task_0\n", UNIFIED);
    write("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/memory.max", 2 * GIB + "\n");
    write("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/cpu.max", "max 100000\n");
    write("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/step_0/memory.max", "max\n");
    write("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/step_0/cpu.max", "300000 100000\n");
    write("sys/fs/cgroup/system.slice/slurmstepd.scope/job_7/step_0/user/task_0/memory.max", "max");
    write("sys/fs/cgroup/system.slice/memory.max", 3 * GIB + "\n");
    assertThat(read()).isEqualTo(new MachineLimits(2 * GIB, 3));
  }

  @Test
  void whereTheSystemSlowsAGroupDownIsALimit() throws IOException {
    process("0::/user.slice/run-1.scope\n", UNIFIED);
    write("sys/fs/cgroup/user.slice/run-1.scope/memory.max", "max\n");
    write("sys/fs/cgroup/user.slice/run-1.scope/memory.high", 5 * GIB + "\n");
    assertThat(read()).isEqualTo(new MachineLimits(5 * GIB, 8));
  }

  @Test
  void max() throws IOException {
    process("0::/a\n", UNIFIED);
    write("sys/fs/cgroup/a/memory.max", "max\n");
    write("sys/fs/cgroup/a/cpu.max", "max 100000\n");
    assertThat(read()).isEqualTo(new MachineLimits(16 * GIB, 8));
  }

  @Test
  void theFirstVersion() throws IOException {
    process("5:cpu,cpuacct:/jobs/a\n4:memory:/jobs/a\n1:name=systemd:/jobs\n", OLD);
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    write("sys/fs/cgroup/memory/jobs/memory.limit_in_bytes", GIB + "\n");
    write("sys/fs/cgroup/memory/jobs/a/memory.limit_in_bytes", 2 * GIB + "\n");
    write("sys/fs/cgroup/cpu,cpuacct/jobs/a/cpu.cfs_quota_us", "50000\n");
    write("sys/fs/cgroup/cpu,cpuacct/jobs/a/cpu.cfs_period_us", "100000\n");
    write("sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_quota_us", "-1\n");
    write("sys/fs/cgroup/cpu,cpuacct/jobs/cpu.cfs_period_us", "100000\n");
    assertThat(read()).isEqualTo(new MachineLimits(GIB, 1));
  }

  /** Docker shows a container its own group as the root of the mount, under the name outside. */
  @Test
  void theFirstVersionInAContainer() throws IOException {
    process(
        "4:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n",
        OLD.replace(" / /sys", " /docker/abc /sys"));
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", 3 * GIB + "\n");
    write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "400000\n");
    write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    assertThat(read()).isEqualTo(new MachineLimits(3 * GIB, 4));
  }

  @Test
  void bothVersionsAtOnce() throws IOException {
    process(
        "4:memory:/a\n3:cpu,cpuacct:/\n0::/b c\n",
        OLD + "33 25 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
    write("sys/fs/cgroup/memory/a/memory.limit_in_bytes", 4 * GIB + "\n");
    write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    write("sys/fs/cgroup/unified/b c/memory.max", GIB + "\n");
    assertThat(read()).isEqualTo(new MachineLimits(GIB, 8));
  }

  @Test
  void aGroupOutsideOfWhatIsMountedLeavesTheMountedOne() throws IOException {
    process("0::/../../elsewhere\n", UNIFIED);
    write("sys/fs/cgroup/memory.max", GIB + "\n");
    assertThat(read()).isEqualTo(new MachineLimits(GIB, 8));
  }

  @Test
  void theJvmIsAskedWhereGroupsCannotBeFound() throws IOException {
    assertThat(MachineLimits.read(root, 8, () -> GIB)).isEqualTo(new MachineLimits(GIB, 8));
    process("4:memory:/a\n3:cpu:/a\n", "22 20 0:21 / /proc rw - proc proc rw\n");
    assertThat(MachineLimits.read(root, 8, () -> GIB)).isEqualTo(new MachineLimits(GIB, 8));
    Files.delete(root.resolve("proc/meminfo"));
    assertThat(MachineLimits.read(root, 2, () -> GIB)).isEqualTo(new MachineLimits(GIB, 2));
  }

  @Test
  void thisMachineHasSome() {
    MachineLimits here = MachineLimits.ofThisProcess();
    assertThat(here.memory()).isBetween(1L << 20, Long.MAX_VALUE - 1);
    assertThat(here.cores()).isBetween(1, Runtime.getRuntime().availableProcessors());
  }
}
