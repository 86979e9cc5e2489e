package io.switchboard.autoconfigure.line;

import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Ways to end the agent of {@link Clients#belowADesk}, by whoever may.
 */
enum AgentEnding {

	AGENT_STOPS {
		@Override
		void end(ConfigurableApplicationContext context) {
			system(context).supervisor(DESK).terminateChild("support").block(Clients.LIMIT);
		}
	},

	SUPERVISOR_STOPS {
		@Override
		void end(ConfigurableApplicationContext context) {
			system(context).supervisor(AgentPath.ROOT).terminateChild("desk").block(Clients.LIMIT);
		}
	},

	AGENT_IS_KILLED {
		@Override
		void end(ConfigurableApplicationContext context) {
			system(context).control(DESK.child("support")).kill().block(Clients.LIMIT);
		}
	},

	APPLICATION_STOPS {
		@Override
		void end(ConfigurableApplicationContext context) {
			context.close();
		}
	};

	private static final AgentPath DESK = AgentPath.of("/desk");

	abstract void end(ConfigurableApplicationContext context);

	private static AgentSystem system(ConfigurableApplicationContext context) {
		return context.getBean(AgentSystem.class);
	}

}
