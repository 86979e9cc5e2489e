/**
 * The first application that the README writes.
 */
@NullMarked
package com.example.assistant;

import org.jspecify.annotations.NullMarked;
