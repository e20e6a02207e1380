package dev.weft.kernels.jvm;

/** Collects the readable rendering of a generated loop, one line a value. */
final class Outline {
  private final StringBuilder text = new StringBuilder();
  private String indent = "";

  void line(String line) {
    text.append(indent).append(line).append('\n');
  }

  void value(int number, String computation) {
    line("%" + number + " = " + computation);
  }

  void loop(String header) {
    line("for (int i = 0; " + header + ") {");
    indent = "  ";
  }

  void end() {
    indent = "";
    line("}");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
