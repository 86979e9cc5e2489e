/**
 * A chat model without a model: rules that play a help desk's conversations, so that the
 * sample runs with no key and no server.
 */
@NullMarked
package com.example.helpdesk.rehearsal;

import org.jspecify.annotations.NullMarked;
