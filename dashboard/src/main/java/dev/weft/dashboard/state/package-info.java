/**
 * What a dashboard knows: {@link dev.weft.dashboard.state.SessionState} reads events into a state
 * whose size has a bound, however long a session lasts, and gives out views of it, which are what
 * the JSON API sends. Times are milliseconds since the dashboard was opened, sizes are bytes.
 */
@NullMarked
package dev.weft.dashboard.state;

import org.jspecify.annotations.NullMarked;
