/**
 * SVG as text: {@link dev.weft.timeline.svg.Markup} writes it line by line, in colours that are an
 * {@link dev.weft.timeline.svg.Ink} each. Colours and fonts stand in attributes, so that every
 * viewer shows them; where a viewer is dark and knows style sheets, a rule for each colour
 * overrides it.
 */
@NullMarked
package dev.weft.timeline.svg;

import org.jspecify.annotations.NullMarked;
