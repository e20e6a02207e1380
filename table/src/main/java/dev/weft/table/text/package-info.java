/**
 * What formats of text share: where rows begin, values of columns read from characters and written
 * as such, types guessed from a sample, compressed files. Start from {@link
 * dev.weft.table.text.TextFile} and {@link dev.weft.table.text.FieldBuilder}.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.text;
