/**
 * Graphs as files: {@link dev.weft.pictures.GraphLayout} places boxes and arrows with Eclipse ELK,
 * {@link dev.weft.pictures.Sheet} puts graphs, titles and a legend on one sheet, and the sheet is
 * drawn on a {@link dev.weft.pictures.Canvas} of SVG text or of pixels. DOT needs no layout.
 */
@NullMarked
package dev.weft.pictures;

import org.jspecify.annotations.NullMarked;
