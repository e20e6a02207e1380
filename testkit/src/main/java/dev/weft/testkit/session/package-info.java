/**
 * What a session promises on any device: memory comes back, jobs can be stopped, failures are told
 * once and in full, sources are read where needed and nowhere else. Subclasses open the session.
 */
@NullMarked
package dev.weft.testkit.session;

import org.jspecify.annotations.NullMarked;
