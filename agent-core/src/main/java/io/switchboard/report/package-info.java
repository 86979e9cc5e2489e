/**
 * What is written down when something crashes, and what of it may be shown.
 */
@NullMarked
package io.switchboard.report;

import org.jspecify.annotations.NullMarked;
