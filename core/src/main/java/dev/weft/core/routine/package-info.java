/**
 * Routines that need whole lines of an array (all elements along an axis): order, search, counts. A
 * class is a row: name, price, why it runs on the host, and what it does with dense blocks. The
 * methods of the arrays state types and chunks.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.core.routine;
