/**
 * The agents that the documentation shows.
 */
@NullMarked
package com.example.docs.agents;

import org.jspecify.annotations.NullMarked;
