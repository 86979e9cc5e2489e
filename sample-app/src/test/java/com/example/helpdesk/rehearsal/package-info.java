/**
 * Tests of the rehearsal model.
 */
@NullMarked
package com.example.helpdesk.rehearsal;

import org.jspecify.annotations.NullMarked;
