/**
 * Stands in for the MCP library, which is not on this class path.
 */
@NullMarked
package io.modelcontextprotocol.spec;

import org.jspecify.annotations.NullMarked;
