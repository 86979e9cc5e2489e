/**
 * Finding agents by something other than their path: names that one agent holds, groups
 * that many join, topics that many listen to.
 */
@NullMarked
package io.switchboard.registry;

import org.jspecify.annotations.NullMarked;
