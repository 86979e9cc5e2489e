/**
 * The words an agent is written with: behaviour, context, path, reference, exit reason.
 */
@NullMarked
package io.switchboard;

import org.jspecify.annotations.NullMarked;
