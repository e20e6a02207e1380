/**
 * What commands tell the caller, and how a failure to tell it is told: {@link
 * dev.weft.cli.output.Console} has the streams, {@link dev.weft.cli.output.ExitCode} the last word.
 * Knows nothing of arrays, jobs or options.
 */
@NullMarked
package dev.weft.cli.output;

import org.jspecify.annotations.NullMarked;
