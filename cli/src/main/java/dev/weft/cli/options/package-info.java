/**
 * The words behind a command: {@link dev.weft.cli.options.Syntax} says what a command takes, {@link
 * dev.weft.cli.options.Words} are sorted by it, and the other classes say what the words mean that
 * several commands share. Nothing is opened or computed here.
 */
@NullMarked
package dev.weft.cli.options;

import org.jspecify.annotations.NullMarked;
