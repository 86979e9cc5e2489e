/**
 * Kills the application's process at any moment, and looks whether anything is lost or
 * done twice.
 */
@NullMarked
package io.switchboard.autoconfigure.kills;

import org.jspecify.annotations.NullMarked;
