/**
 * Moving elements without computing: copies between strided layouts, and conversions of type.
 *
 * <p>Start from {@link dev.weft.cpu.copy.StridedCopy} and {@link dev.weft.cpu.copy.Conversion}. The
 * package knows addresses, strides and stored types, not arrays.
 */
@NullMarked
package dev.weft.cpu.copy;

import org.jspecify.annotations.NullMarked;
