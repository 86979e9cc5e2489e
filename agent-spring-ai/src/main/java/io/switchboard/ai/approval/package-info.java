/**
 * What turns ask people, and what people decide.
 */
@NullMarked
package io.switchboard.ai.approval;

import org.jspecify.annotations.NullMarked;
