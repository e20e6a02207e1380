/**
 * The command line. {@link dev.weft.cli.Main} finds the {@link dev.weft.cli.Command} and turns
 * failures into messages and exit codes; {@link dev.weft.cli.RunCommand} is the one that matters.
 * To add a command, add a class and a line to {@link dev.weft.cli.Commands}.
 */
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
