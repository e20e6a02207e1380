/**
 * An expression or a job over files on its way: {@link dev.weft.cli.job.InputFiles} are read,
 * {@link dev.weft.cli.job.Result} says what is wanted and where it goes, {@link
 * dev.weft.cli.job.ProgressLine} and {@link dev.weft.cli.job.Report} tell how it went.
 */
@NullMarked
package dev.weft.cli.job;

import org.jspecify.annotations.NullMarked;
