package dev.weft.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the assembler says about a kernel with {@code --ptxas-options=-v}.
 *
 * @param kernel its name
 * @param stackBytes local memory of one thread
 * @param spillBytes stores and loads of registers to local memory
 */
record KernelUsage(String kernel, int stackBytes, int spillBytes) {
  private static final Pattern PROPERTIES =
      Pattern.compile(
          "Compiling entry function '([^']+)'[\\s\\S]*?(\\d+) bytes stack frame,"
              + " (\\d+) bytes spill stores, (\\d+) bytes spill loads");

  static List<KernelUsage> of(String log) {
    List<KernelUsage> kernels = new ArrayList<>();
    Matcher matcher = PROPERTIES.matcher(log);
    while (matcher.find()) {
      kernels.add(
          new KernelUsage(
              matcher.group(1),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)) + Integer.parseInt(matcher.group(4))));
    }
    return kernels;
  }
}
