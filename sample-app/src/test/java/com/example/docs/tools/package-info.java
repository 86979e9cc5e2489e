/**
 * Examples of tools that the documentation shows.
 */
@NullMarked
package com.example.docs.tools;

import org.jspecify.annotations.NullMarked;
