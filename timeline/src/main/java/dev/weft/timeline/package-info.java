/**
 * What ran where and when, as a picture: {@link dev.weft.timeline.Timeline} listens to a session
 * and draws its jobs as one SVG file. {@link dev.weft.timeline.Recording} makes spans of time from
 * events, {@link dev.weft.timeline.Lane} lays them out, {@link dev.weft.timeline.StageGrid} says
 * which chunk ran on which device.
 */
@NullMarked
package dev.weft.timeline;

import org.jspecify.annotations.NullMarked;
