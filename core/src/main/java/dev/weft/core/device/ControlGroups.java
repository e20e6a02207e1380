package dev.weft.core.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits of Linux control groups, of both versions and of a mixture: those of the group of this
 * process and of all groups around it, as far as they are mounted.
 *
 * @param memory bytes, the largest long where nothing limits them
 * @param cores the largest int where nothing limits them
 * @param areKnown whether the groups of this process were found, or there are none
 */
record ControlGroups(long memory, int cores, boolean areKnown) {
  private static final String SECOND = "cgroup2";

  /** A mounted hierarchy: the folder that shows the group {@code root}, and its controllers. */
  private record Mount(Path folder, String root, String type, List<String> controllers) {
    boolean has(String controller) {
      return type.equals(SECOND) || controllers.contains(controller);
    }
  }

  static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  /** Reads {@code proc} and the mounted groups below {@code root}. */
  static ControlGroups read(Path root) {
    List<String> own;
    List<Mount> mounts = new ArrayList<>();
    try {
      own = lines(root.resolve("proc/self/cgroup"));
      for (String line : lines(root.resolve("proc/self/mountinfo"))) {
        Mount mount = mount(root, line);
        if (mount != null) {
          mounts.add(mount);
        }
      }
    } catch (IOException e) {
      return new ControlGroups(Long.MAX_VALUE, Integer.MAX_VALUE, false);
    }
    long memory = Long.MAX_VALUE;
    int cores = Integer.MAX_VALUE;
    boolean known = true;
    for (String controller : List.of("memory", "cpu")) {
      List<Path> groups = groups(own, mounts, controller);
      known &= !groups.isEmpty() || own.isEmpty();
      for (Path group : groups) {
        memory = Math.min(memory, memory(group));
        cores = Math.min(cores, cores(group));
      }
    }
    return new ControlGroups(memory, cores, known);
  }

  /**
   * One line of {@code mountinfo}: number, parent, device, root, folder, options, further fields up
   * to a hyphen, type, source, options of the hierarchy.
   */
  private static @Nullable Mount mount(Path root, String line) {
    String[] halves = line.split(" - ", 2);
    String[] first = halves[0].split(" ");
    String[] second = halves.length == 2 ? halves[1].split(" ") : new String[0];
    if (first.length < 5 || second.length < 1 || !second[0].startsWith("cgroup")) {
      return null;
    }
    Path folder = root.resolve(plain(first[4]).substring(1));
    List<String> controllers = Arrays.asList(second[second.length - 1].split(","));
    return new Mount(folder, plain(first[3]), second[0], controllers);
  }

  /** Blanks in paths are written as octal numbers. */
  private static String plain(String path) {
    return path.replace("\\040", " ");
  }

  /** The folders of the group of this process and of all groups around it that can be seen. */
  private static List<Path> groups(List<String> own, List<Mount> mounts, String controller) {
    List<Path> found = new ArrayList<>();
    for (String line : own) {
      String[] fields = line.split(":", 3);
      boolean second = fields.length == 3 && fields[1].isEmpty();
      if (fields.length != 3 || !second && !List.of(fields[1].split(",")).contains(controller)) {
        continue;
      }
      for (Mount mount : mounts) {
        if (mount.type().equals(SECOND) == second && mount.has(controller)) {
          upwards(mount, fields[2], found);
        }
      }
    }
    return found;
  }

  private static void upwards(Mount mount, String group, List<Path> found) {
    // A container sees its own group as the root of the mount, whatever the group is called.
    String below = mount.root().equals("/") ? group : after(mount.root(), group);
    @Nullable Path folder = mount.folder().resolve(below.replaceFirst("^/+", "")).normalize();
    while (folder != null && folder.startsWith(mount.folder())) {
      if (Files.isDirectory(folder)) {
        found.add(folder);
      }
      folder = folder.getParent();
    }
    if (!found.contains(mount.folder()) && Files.isDirectory(mount.folder())) {
      found.add(mount.folder());
    }
  }

  private static String after(String root, String group) {
    return group.equals(root) || group.startsWith(root + "/") ? group.substring(root.length()) : "";
  }

  /** Above {@code memory.high} the system slows a group down until it is of no use. */
  private static long memory(Path group) {
    long memory = Long.MAX_VALUE;
    for (String file : List.of("memory.max", "memory.high", "memory.limit_in_bytes")) {
      memory = Math.min(memory, number(group.resolve(file), 0));
    }
    return memory;
  }

  private static int cores(Path group) {
    long quota = number(group.resolve("cpu.max"), 0);
    long period = number(group.resolve("cpu.max"), 1);
    if (quota == Long.MAX_VALUE) {
      quota = number(group.resolve("cpu.cfs_quota_us"), 0);
      period = number(group.resolve("cpu.cfs_period_us"), 0);
    }
    if (quota == Long.MAX_VALUE || period == Long.MAX_VALUE) {
      return Integer.MAX_VALUE;
    }
    return (int) Math.min(Integer.MAX_VALUE, (quota - 1) / period + 1);
  }

  /** A positive number of a file; anything else, such as "max" and -1, limits nothing. */
  private static long number(Path file, int field) {
    try {
      long number = Long.parseLong(Files.readString(file).strip().split("\\s+")[field]);
      return number > 0 ? number : Long.MAX_VALUE;
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Long.MAX_VALUE;
    }
  }
}
