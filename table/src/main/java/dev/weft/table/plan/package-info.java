/**
 * What is asked of tables, as relations; and how it becomes tasks over partitions, which the
 * session's scheduler runs.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.plan;
