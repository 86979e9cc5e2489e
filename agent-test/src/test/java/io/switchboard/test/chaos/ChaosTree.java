package io.switchboard.test.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import io.switchboard.AgentPath;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.BudgetScope;
import io.switchboard.supervision.DynamicSupervisorSpec;
import io.switchboard.supervision.Restart;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Shutdown;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;

/**
 * Five regions of ten teams of eighteen agents, and a hundred sessions: a thousand agents
 * on three levels, under all strategies and restart types. Every third team has a budget
 * that it will spend.
 */
final class ChaosTree {

	private static final RestartIntensity PLENTY = new RestartIntensity(1_000_000, Duration.ofMinutes(5));

	private static final RestartIntensity LITTLE = new RestartIntensity(4, Duration.ofMillis(200));

	private final AtomicLong seeds;

	private final Ledger ledger;

	private final BooleanSupplier calm;

	final List<AgentPath> agents = new ArrayList<>();

	final List<AgentPath> supervisors = new ArrayList<>();

	final SupervisorSpec root;

	ChaosTree(Ledger ledger, BooleanSupplier calm, long seed) {
		this.ledger = ledger;
		this.calm = calm;
		this.seeds = new AtomicLong(seed);
		SupervisorSpec.Builder tree = SupervisorSpec.builder("root").intensity(PLENTY);
		for (int region = 0; region < 5; region++) {
			tree.child(region(region));
		}
		tree.child(sessions());
		this.root = tree.build();
	}

	private SupervisorSpec region(int number) {
		AgentPath path = AgentPath.ROOT.child("region-" + number);
		this.supervisors.add(path);
		SupervisorSpec.Builder region = SupervisorSpec.builder(path.name())
			.strategy(Strategy.values()[number % 3])
			.intensity(PLENTY);
		for (int team = 0; team < 10; team++) {
			region.child(team(path, team));
		}
		return region.build();
	}

	private SupervisorSpec team(AgentPath region, int number) {
		AgentPath path = region.child("team-" + number);
		this.supervisors.add(path);
		SupervisorSpec.Builder team = SupervisorSpec.builder(path.name())
			.strategy(Strategy.values()[(number / 3) % 3])
			.intensity((number % 3 == 0) ? LITTLE : PLENTY);
		for (int i = 0; i < 18; i++) {
			Restart restart = (i % 6 == 5) ? Restart.TRANSIENT : Restart.PERMANENT;
			this.agents.add(path.child("agent-" + i));
			team.child(agent("agent-" + i, restart, i % 9 == 8));
		}
		return team.build();
	}

	private DynamicSupervisorSpec sessions() {
		AgentPath path = AgentPath.ROOT.child("sessions");
		this.supervisors.add(path);
		for (int i = 0; i < 100; i++) {
			this.agents.add(path.child("session-" + i));
		}
		return DynamicSupervisorSpec.builder("sessions")
			.intensity(LITTLE)
			.budgetScope(BudgetScope.CHILD)
			.template((key) -> agent(key, Restart.TRANSIENT, false))
			.build();
	}

	private AgentSpec<Object> agent(String id, Restart restart, boolean blocking) {
		return AgentSpec
			.builder(id, Object.class, () -> new ChaosAgent(this.ledger, this.calm, this.seeds.incrementAndGet()))
			.restart(restart)
			.blocking(blocking)
			.shutdown(Shutdown.after(Duration.ofMillis(30)))
			.build();
	}

}
