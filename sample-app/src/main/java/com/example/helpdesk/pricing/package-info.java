/**
 * An agent that is an annotated class, and the controller that asks it.
 */
@NullMarked
package com.example.helpdesk.pricing;

import org.jspecify.annotations.NullMarked;
