/**
 * The page at /switchboard, in a real browser.
 */
@NullMarked
package com.example.helpdesk.page;

import org.jspecify.annotations.NullMarked;
