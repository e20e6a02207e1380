/**
 * What happens while a job runs, as records published from one place: the session. Progress lines,
 * profiles and dashboards are {@link EventListener}s; {@link Progress} counts how far jobs are.
 */
@NullMarked
package dev.weft.core.event;

import org.jspecify.annotations.NullMarked;
