package dev.weft.kernels.jvm.loop;

import java.util.List;
import java.util.stream.Collectors;

/** Collects the readable rendering of a generated loop, one line a value. */
public final class Outline {
  private final StringBuilder text = new StringBuilder();
  private String indent = "";

  /** A line as it is. */
  public void line(String line) {
    text.append(indent).append(line).append('\n');
  }

  /** A value and what it is computed from. */
  public void value(int number, String computation) {
    line("%" + number + " = " + computation);
  }

  /** Heads one of several loops; its operands and outputs are numbered on their own. */
  public void part(int number, List<LoopArgument> arguments) {
    String sources =
        arguments.stream()
            .map(argument -> (argument.scratch() ? "scratch " : "args ") + argument.source())
            .collect(Collectors.joining(", ", "(", ")"));
    line("part " + number + " " + sources);
  }

  /** Begins a loop: the lines that follow are inside it. */
  public void loop(String header) {
    line("for (int i = 0; " + header + ") {");
    indent = "  ";
  }

  /** Ends the loop. */
  public void end() {
    indent = "";
    line("}");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
