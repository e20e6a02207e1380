/** Where the rows of tables come from, and where they go: the interfaces of file formats. */
@org.jspecify.annotations.NullMarked
package dev.weft.table.source;
