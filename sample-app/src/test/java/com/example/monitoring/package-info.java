/**
 * Tests that dashboards and alerts show what goes on in the help desk.
 */
@NullMarked
package com.example.monitoring;

import org.jspecify.annotations.NullMarked;
