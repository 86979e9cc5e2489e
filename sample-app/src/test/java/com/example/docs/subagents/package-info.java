/**
 * Examples of agents that ask agents, which the documentation shows.
 */
@NullMarked
package com.example.docs.subagents;

import org.jspecify.annotations.NullMarked;
