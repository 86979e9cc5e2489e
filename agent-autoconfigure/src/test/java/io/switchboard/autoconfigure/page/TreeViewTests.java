package io.switchboard.autoconfigure.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.tree.TreeCut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TreeView} and {@link Attention}.
 */
class TreeViewTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final AgentSystem system = AgentSystem
		.builder(SupervisorSpec.builder("root").child(agent("a")).child(agent("b")).child(agent("c")).build())
		.build();

	private final List<TreeCut> read = new ArrayList<>();

	private final TreeView tree = new TreeView(watched());

	@BeforeEach
	void start() {
		this.system.start().block(LIMIT);
	}

	@AfterEach
	void stop() {
		this.system.stop().block(LIMIT);
	}

	@Test
	void childrenAreListedInParts() {
		TreeView.Children children = this.tree.children(AgentPath.ROOT, 1, 1);

		assertThat(children).isNotNull();
		assertThat(children.list().total()).isEqualTo(3);
		assertThat(children.list().cut()).isFalse();
		assertThat(children.list().rows()).extracting(Row::path).containsExactly("/b");
	}

	@ParameterizedTest
	@ValueSource(ints = { TreeView.MAX_SEARCHED, 2_000_000_000, Integer.MAX_VALUE })
	void whatIsTooFarAwayIsNotReadAtAll(int offset) {
		TreeView.Children children = this.tree.children(AgentPath.ROOT, offset, 100);

		assertThat(children).isNotNull();
		assertThat(children.list()).isEqualTo(new Listing(3, offset, List.of(), true));
		assertThat(this.read).containsExactly(TreeCut.NODE_ONLY);
	}

	@Test
	void allPagesShareOneCountForAWhile() {
		VirtualTimeScheduler clock = VirtualTimeScheduler.create();
		Attention attention = new Attention(this.tree, clock);

		for (int page = 0; page < 3; page++) {
			StepVerifier.create(attention.count())
				.then(clock::advanceTime)
				.expectNext(new Listing(0, 0, List.of(), false))
				.expectComplete()
				.verify(LIMIT);
		}
		assertThat(this.read).hasSize(1);
		clock.advanceTimeBy(Attention.AGE);
		StepVerifier.create(attention.count())
			.then(clock::advanceTime)
			.expectNextCount(1)
			.expectComplete()
			.verify(LIMIT);
		assertThat(this.read).hasSize(2);
	}

	private AgentSystem watched() {
		AgentSystem watched = mock(AgentSystem.class);
		given(watched.node(any(), any())).willAnswer((call) -> {
			this.read.add(call.getArgument(1));
			return this.system.node(call.getArgument(0), call.getArgument(1));
		});
		return watched;
	}

	private static AgentSpec<String> agent(String name) {
		return AgentSpec.builder(name, String.class, () -> (message, context) -> Mono.empty()).build();
	}

}
