/**
 * Profiles to keep: {@link dev.weft.profile.Profile} listens to a session and writes what it did as
 * one HTML file or as a trace for Perfetto; {@link dev.weft.profile.JfrEvents} tells the JDK's
 * flight recorder. Times and lanes are those of {@link dev.weft.timeline.Recording}.
 */
@NullMarked
package dev.weft.profile;

import org.jspecify.annotations.NullMarked;
