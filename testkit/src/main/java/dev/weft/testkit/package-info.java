/** What the tests of every module share: conformance suites, golden files, fault plans. */
@NullMarked
package dev.weft.testkit;

import org.jspecify.annotations.NullMarked;
