/**
 * A help desk run by supervised agents.
 */
@NullMarked
package com.example.helpdesk;

import org.jspecify.annotations.NullMarked;
