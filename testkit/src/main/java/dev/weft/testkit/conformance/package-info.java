/**
 * Suites that every device must pass: {@link dev.weft.testkit.conformance.OpConformance}, {@link
 * dev.weft.testkit.conformance.ReductionConformance}, {@link
 * dev.weft.testkit.conformance.GeneratorConformance} and {@link
 * dev.weft.testkit.conformance.LibraryConformance}. A device's tests extend them and say how to
 * open the device. Expected values come from the functions of the op table and from NumPy.
 */
@NullMarked
package dev.weft.testkit.conformance;

import org.jspecify.annotations.NullMarked;
