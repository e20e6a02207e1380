/**
 * The expression language: Python's operators and NumPy's names, as one expression or as a job of
 * several lines. Start from {@link dev.weft.cli.language.Parser}, which turns text into {@link
 * dev.weft.cli.language.Node}s, and {@link dev.weft.cli.language.Evaluator}, which turns these into
 * arrays. Every error shows the text and a caret below the place.
 */
@NullMarked
package dev.weft.cli.language;

import org.jspecify.annotations.NullMarked;
