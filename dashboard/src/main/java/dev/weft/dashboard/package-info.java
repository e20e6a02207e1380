/**
 * The dashboard in the browser. {@code state} reads a session's events into what is shown, {@code
 * http} sends that to pages and decides who may look, and the page's own files are resources of
 * this package's folder {@code page}.
 */
@NullMarked
package dev.weft.dashboard;

import org.jspecify.annotations.NullMarked;
