/**
 * The comparison of devices: {@link dev.weft.cli.compare.Comparison} computes the same arrays on
 * each, {@link dev.weft.cli.compare.Agreement} checks that the answers are the same, {@link
 * dev.weft.cli.compare.PhaseMeter} times them by phase, {@link dev.weft.cli.compare.Warnings} says
 * what the numbers do not show, and {@link dev.weft.cli.compare.ComparisonTable}, {@link
 * dev.weft.cli.compare.ComparisonJson} and {@link dev.weft.cli.compare.ComparisonChart} show it.
 */
@NullMarked
package dev.weft.cli.compare;

import org.jspecify.annotations.NullMarked;
