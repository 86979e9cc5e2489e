package io.switchboard.runtime;

import io.switchboard.AgentPath;

/**
 * Work on a pool that is done for an agent.
 */
interface AgentWork {

	AgentPath path();

	long incarnation();

}
