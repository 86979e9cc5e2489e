package com.example.docs.agents;

/**
 * Forgets what was counted.
 */
record Reset() {

}
