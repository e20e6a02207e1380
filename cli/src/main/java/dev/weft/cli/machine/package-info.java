/**
 * What the program runs on, and what it is itself, for people to read: the machine, its devices and
 * libraries, the version. Facts that decide how something is computed are core's and the devices'.
 */
@NullMarked
package dev.weft.cli.machine;

import org.jspecify.annotations.NullMarked;
