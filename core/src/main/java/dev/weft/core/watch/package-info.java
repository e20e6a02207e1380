/**
 * How a session is watched while it runs: a {@link dev.weft.core.watch.Dashboard} hears its events
 * and asks a {@link dev.weft.core.watch.WatchedSession} for what events do not say. Core knows no
 * dashboard; {@code weft-dashboard} brings the one that there is.
 */
@NullMarked
package dev.weft.core.watch;

import org.jspecify.annotations.NullMarked;
