/**
 * Tests of the help desk as a whole.
 */
@NullMarked
package com.example.helpdesk;

import org.jspecify.annotations.NullMarked;
