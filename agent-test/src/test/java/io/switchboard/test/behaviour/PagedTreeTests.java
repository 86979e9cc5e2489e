package io.switchboard.test.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.switchboard.AgentPath;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import io.switchboard.test.TestAgentSystem;
import io.switchboard.tree.SupervisorNode;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Snapshots of a part of the tree.
 */
class PagedTreeTests {

	private final TestAgentSystem system = TestAgentSystem.start(Trees.root(desk("one"), desk("two")));

	@AfterEach
	void close() {
		this.system.close();
	}

	@Test
	void pagesFollowEachOtherWithoutGapOrRepeat() {
		List<String> seen = new ArrayList<>();
		Long next = TreeCut.FROM_START;

		for (int page = 0; next != null; page++) {
			SupervisorNode node = node("/one", new TreeCut(4, 100, next));
			node.children().forEach((child) -> seen.add(child.path().name()));
			assertThat(node.childCount()).isEqualTo(10);
			assertThat(page).isLessThan(3);
			next = node.next();
		}

		assertThat(seen).containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9");
	}

	@Test
	void pagesGoOnBehindAChildThatIsGone() {
		Long next = Objects.requireNonNull(node("/one", new TreeCut(3, 100, TreeCut.FROM_START)).next());
		this.system.resultOf(this.system.supervisor("/one").terminateChild("a2"));
		this.system.resultOf(this.system.supervisor("/one").deleteChild("a2"));

		assertThat(node("/one", new TreeCut(2, 100, next)).children()).extracting((child) -> child.path().name())
			.containsExactly("a3", "a4");
	}

	@Test
	void numberOfNodesIsBoundedForTheWholeTree() {
		SupervisorNode root = node("/", new TreeCut(200, 8, TreeCut.FROM_START));

		assertThat(root.walk()).hasSize(8);
		assertThat(root.next()).isNull();
		assertThat(root.children()).extracting(TreeNode::path)
			.extracting(AgentPath::name)
			.containsExactly("one", "two");
		SupervisorNode one = (SupervisorNode) root.children().get(0);
		SupervisorNode two = (SupervisorNode) root.children().get(1);
		assertThat(one.children()).hasSize(5);
		assertThat(two.children()).isEmpty();
		assertThat(two.childCount()).isEqualTo(10);
		assertThat(node("/two", new TreeCut(1, 100, Objects.requireNonNull(two.next()))).children()).singleElement()
			.satisfies((child) -> assertThat(child.path()).hasToString("/two/a0"));
	}

	@Test
	void wholeTreeSaysThatNothingIsMissing() {
		assertThat(node("/one", TreeCut.NONE).next()).isNull();
		assertThat(this.system.tree().root().childCount()).isEqualTo(2);
	}

	@Test
	void nodeCanBeShownAlone() {
		SupervisorNode alone = node("/one", TreeCut.NODE_ONLY);

		assertThat(alone.walk()).hasSize(1);
		assertThat(alone.childCount()).isEqualTo(10);
		assertThat(alone.next()).isEqualTo(TreeCut.FROM_START);
		this.system.resultOf(this.system.supervisor("/").startChild(SupervisorSpec.builder("empty").build()));
		assertThat(node("/empty", TreeCut.NODE_ONLY).next()).isNull();
	}

	@Test
	void impossibleCutIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TreeCut(-1, 1, 0)).withMessageContaining("-1");
		assertThatIllegalArgumentException().isThrownBy(() -> new TreeCut(0, 0, 0));
	}

	private SupervisorNode node(String path, TreeCut cut) {
		return (SupervisorNode) Objects.requireNonNull(this.system.system().node(AgentPath.of(path), cut));
	}

	private static SupervisorSpec desk(String id) {
		SupervisorSpec.Builder desk = SupervisorSpec.builder(id);
		IntStream.range(0, 10).forEach((i) -> desk.child(agent("a" + i)));
		return desk.build();
	}

	private static AgentSpec<Object> agent(String id) {
		return Act.agent(id);
	}

}
