package com.example.docs.links;

import io.switchboard.AgentPath;
import io.switchboard.ExitReason;

/**
 * What the desk takes.
 */
// tag::messages[]
sealed interface DeskMessage {

	record Hired(AgentPath clerk) implements DeskMessage {
	}

	record Released(AgentPath clerk) implements DeskMessage {
	}

	record Gone(AgentPath clerk, ExitReason reason) implements DeskMessage {
	}

}
// end::messages[]
