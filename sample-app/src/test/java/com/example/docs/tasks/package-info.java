/**
 * Examples of tasks that the documentation shows.
 */
@NullMarked
package com.example.docs.tasks;

import org.jspecify.annotations.NullMarked;
