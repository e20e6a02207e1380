package dev.weft.cli.compare;

/**
 * What was compared, and where.
 *
 * @param expression the text
 * @param inputs names, types and shapes of the inputs in one line; empty where there are none
 * @param machine one line about the machine and the versions
 * @param repeats timed runs per device
 */
public record Heading(String expression, String inputs, String machine, int repeats) {}
