/**
 * Stands in for Spring AI's adapter of MCP clients, which is not on this class path.
 */
@NullMarked
package org.springframework.ai.mcp;

import org.jspecify.annotations.NullMarked;
