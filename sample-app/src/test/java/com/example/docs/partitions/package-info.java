/**
 * Examples of partitions that the documentation shows.
 */
@NullMarked
package com.example.docs.partitions;

import org.jspecify.annotations.NullMarked;
