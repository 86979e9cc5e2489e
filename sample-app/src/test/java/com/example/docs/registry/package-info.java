/**
 * Examples of names, groups and topics that the documentation shows.
 */
@NullMarked
package com.example.docs.registry;

import org.jspecify.annotations.NullMarked;
