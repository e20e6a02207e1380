/**
 * Windows that move over rows in order, and what is made of the values in them. {@link
 * dev.weft.table.window.WindowRows} moves them over one batch; partitions are none of its business.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.window;
