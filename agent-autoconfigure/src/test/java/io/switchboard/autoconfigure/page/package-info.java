/**
 * Tests of the page, as far as they need no browser.
 */
@NullMarked
package io.switchboard.autoconfigure.page;

import org.jspecify.annotations.NullMarked;
