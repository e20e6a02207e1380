/**
 * Elements in dense native memory as Java's numbers and arrays ({@link
 * dev.weft.core.text.FlatCopies}), and as text by NumPy's rules ({@link
 * dev.weft.core.text.ArrayPrinter}). Knows types and shapes only.
 */
@NullMarked
package dev.weft.core.text;

import org.jspecify.annotations.NullMarked;
