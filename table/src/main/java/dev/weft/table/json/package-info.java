/**
 * Tables as text with an object of JSON in each line. Jackson takes lines apart; what tables do not
 * hold, such as lists, becomes text. Start from {@link dev.weft.table.json.JsonLines}.
 */
@org.jspecify.annotations.NullMarked
package dev.weft.table.json;
