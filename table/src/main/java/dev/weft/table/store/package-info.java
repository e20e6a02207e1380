/** Batches that wait for tasks: in memory while they are few, then on disk. */
@org.jspecify.annotations.NullMarked
package dev.weft.table.store;
