/**
 * The dashboard's server: routes, who may use them, and streams of events to any number of pages.
 * {@link dev.weft.dashboard.http.Access} is the one place that lets a request in.
 */
@NullMarked
package dev.weft.dashboard.http;

import org.jspecify.annotations.NullMarked;
