/**
 * The closed set of records of what happened in a tree: log, metrics, Actuator,
 * dashboards and tests all read these.
 */
@NullMarked
package io.switchboard.event;

import org.jspecify.annotations.NullMarked;
