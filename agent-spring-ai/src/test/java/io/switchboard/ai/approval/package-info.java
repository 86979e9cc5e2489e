/**
 * Tests for what turns ask people.
 */
@NullMarked
package io.switchboard.ai.approval;

import org.jspecify.annotations.NullMarked;
