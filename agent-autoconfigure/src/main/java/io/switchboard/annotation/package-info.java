/**
 * What an agent that is an annotated class is written with.
 */
@NullMarked
package io.switchboard.annotation;

import org.jspecify.annotations.NullMarked;
