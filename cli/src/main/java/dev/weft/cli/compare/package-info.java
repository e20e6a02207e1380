/**
 * The comparison of devices: {@link dev.weft.cli.compare.Comparison} computes the same arrays on
 * each, {@link dev.weft.cli.compare.Agreement} checks that the answers are the same, {@link
 * dev.weft.cli.compare.PhaseMeter} times them by phase, {@link dev.weft.cli.compare.Limits} and
 * {@link dev.weft.cli.compare.EnergyUse} say what a device can do at most and what it takes, {@link
 * dev.weft.cli.compare.Warnings} says what the numbers do not show. {@link
 * dev.weft.cli.compare.Sweep} does so for inputs of growing size, {@link
 * dev.weft.cli.compare.Change} for an earlier comparison. Tables, JSON and charts show them.
 */
@NullMarked
package dev.weft.cli.compare;

import org.jspecify.annotations.NullMarked;
