/**
 * Rows of equal keys together: numbers of groups, what is collected for each group, and how groups
 * of several partitions are joined. Results do not depend on where partitions begin: sums of
 * floating numbers are exact, and rounded once.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.group;
