/**
 * The examples of links and monitors.
 */
@NullMarked
package com.example.docs.links;

import org.jspecify.annotations.NullMarked;
