/**
 * What the documentation shows of security.
 */
@NullMarked
package com.example.docs.security;

import org.jspecify.annotations.NullMarked;
