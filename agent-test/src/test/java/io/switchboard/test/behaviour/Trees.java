package io.switchboard.test.behaviour;

import java.time.Duration;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.runtime.ChildOperationException;
import io.switchboard.runtime.ChildOperationException.Problem;
import io.switchboard.supervision.ChildSpec;
import io.switchboard.supervision.NodeType;
import io.switchboard.supervision.RestartIntensity;
import io.switchboard.supervision.Strategy;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeNode;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tests of supervision share.
 */
final class Trees {

	static final Duration LIMIT = Duration.ofSeconds(60);

	private Trees() {
	}

	static SupervisorSpec root(ChildSpec... children) {
		return root(Strategy.ONE_FOR_ONE, 2, children);
	}

	static SupervisorSpec root(Strategy strategy, int maxRestarts, ChildSpec... children) {
		return SupervisorSpec.builder("root")
			.strategy(strategy)
			.intensity(perHour(maxRestarts))
			.children(List.of(children))
			.build();
	}

	static RestartIntensity perHour(int maxRestarts) {
		return new RestartIntensity(maxRestarts, Duration.ofHours(1));
	}

	/**
	 * OTP's counts.
	 * @param system the system
	 * @param path a supervisor
	 * @return specifications, active children, supervisors and workers
	 */
	static String counts(TestAgentSystem system, String path) {
		SupervisorNode supervisor = (SupervisorNode) system.tree().find(AgentPath.of(path));
		assertThat(supervisor).isNotNull();
		List<TreeNode> children = supervisor.children();
		long active = children.stream().filter((child) -> child.status() == NodeStatus.RUNNING).count();
		long workers = children.stream().filter((child) -> child.type() == NodeType.AGENT).count();
		return "%d/%d/%d/%d".formatted(children.size(), active, children.size() - workers, workers);
	}

	static NodeStatus status(TestAgentSystem system, String path) {
		TreeNode node = system.tree().find(AgentPath.of(path));
		assertThat(node).as(path).isNotNull();
		return node.status();
	}

	static Problem problemOf(TestAgentSystem system, Mono<?> operation) {
		Throwable failure = system.failureOf(operation);
		assertThat(failure).isInstanceOf(ChildOperationException.class);
		return ((ChildOperationException) failure).problem();
	}

}
