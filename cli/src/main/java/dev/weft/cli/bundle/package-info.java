/**
 * The bundle: a Java of its own, Weft's jars, start scripts and perhaps the test suites in one
 * archive, for machines with none of them. {@link dev.weft.cli.bundle.Bundle} puts it together from
 * {@link dev.weft.cli.bundle.JavaImage}, {@link dev.weft.cli.bundle.Libraries} and {@link
 * dev.weft.cli.bundle.TestSuites}; {@link dev.weft.cli.bundle.TarXz} packs it.
 */
@NullMarked
package dev.weft.cli.bundle;

import org.jspecify.annotations.NullMarked;
