/**
 * The examples of crash reports, and tests of them.
 */
@NullMarked
package com.example.docs.reports;

import org.jspecify.annotations.NullMarked;
