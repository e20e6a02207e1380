/**
 * What ran where and when, as a picture: {@link dev.weft.core.timeline.Timeline} listens to a
 * session and draws its jobs as one SVG file. {@link dev.weft.core.timeline.Recording} makes spans
 * of time from events, {@link dev.weft.core.timeline.Lane} lays them out, {@link
 * dev.weft.core.timeline.StageGrid} says which chunk ran on which device.
 */
@NullMarked
package dev.weft.core.timeline;

import org.jspecify.annotations.NullMarked;
