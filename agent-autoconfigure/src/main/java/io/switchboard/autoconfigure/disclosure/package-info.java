/**
 * What endpoints and answers may tell of a failure: exceptions quote prompts, keys and
 * personal data, so their messages are hidden unless the application allows them.
 */
@NullMarked
package io.switchboard.autoconfigure.disclosure;

import org.jspecify.annotations.NullMarked;
