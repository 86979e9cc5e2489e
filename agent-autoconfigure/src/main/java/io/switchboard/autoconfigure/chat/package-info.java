/**
 * Agents that call a model, configured with properties: their models, clients, tools,
 * instructions and conversations.
 */
@NullMarked
package io.switchboard.autoconfigure.chat;

import org.jspecify.annotations.NullMarked;
