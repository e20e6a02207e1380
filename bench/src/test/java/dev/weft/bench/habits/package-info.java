/**
 * The habits of the code base, checked: order of modules and packages, size of files and methods,
 * names, documentation.
 *
 * <p>The rules read every module's sources as syntax trees, so they need nothing compiled and name
 * file and line. To add one, add a method to {@link Habits} or {@link Order} and a test to {@link
 * ArchitectureTest}.
 */
@NullMarked
package dev.weft.bench.habits;

import org.jspecify.annotations.NullMarked;
