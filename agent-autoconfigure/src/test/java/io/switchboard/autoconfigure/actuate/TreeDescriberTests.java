package io.switchboard.autoconfigure.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.actuate.AgentDescriptor.Definition;
import io.switchboard.autoconfigure.actuate.AgentDescriptor.Mailbox;
import io.switchboard.autoconfigure.disclosure.ReasonText;
import io.switchboard.report.Sanitizer;
import io.switchboard.supervision.Restart;
import io.switchboard.tree.AgentNode;
import io.switchboard.tree.MailboxState;
import io.switchboard.tree.NodeStatus;
import io.switchboard.tree.TreeCut;
import io.switchboard.tree.TreeNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TreeDescriber}.
 */
class TreeDescriberTests {

	@Test
	void agentIsDescribedWithoutMessagesOfExceptions() {
		NodeDescriptor descriptor = new TreeDescriber(ReasonText.HIDE_MESSAGES).describe(node("/desk/pricing"));

		assertThat(descriptor).isEqualTo(new AgentDescriptor("/desk/pricing", "agent", "running", 2, 1,
				new ExitDescriptor("crash", "java.lang.IllegalStateException", Trees.MAY), null, "transient",
				new Mailbox(3, 1000, Duration.ofMillis(1500)), new Definition("7"), null));
	}

	@Test
	void messagesAreToldWhereTheyMay() {
		NodeDescriptor descriptor = new TreeDescriber(ReasonText.showingMessages(true, Sanitizer.showing()))
			.describe(node("/desk/pricing"));

		assertThat(descriptor.lastExit())
			.isEqualTo(new ExitDescriptor("crash", "java.lang.IllegalStateException: order of Ms Smith", Trees.MAY));
	}

	@Test
	void waitForARestartIsDescribed() {
		AgentNode waiting = new AgentNode(AgentPath.of("/a"), NodeStatus.RESTARTING, 1, 0, null, Trees.MAY,
				Restart.PERMANENT, new MailboxState(0, 10, null), "1", List.of());

		NodeDescriptor descriptor = new TreeDescriber(ReasonText.HIDE_MESSAGES).describe(waiting);

		assertThat(descriptor.restartingUntil()).isEqualTo(Trees.MAY);
		assertThat(descriptor.status()).isEqualTo("restarting");
	}

	@Test
	void supervisorIsDescribedWithItsChildrenInOrder() {
		NodeDescriptor descriptor = new TreeDescriber(ReasonText.HIDE_MESSAGES).describe(node("/desk"));

		assertThat(descriptor).isInstanceOfSatisfying(SupervisorDescriptor.class, (desk) -> {
			assertThat(desk.type()).isEqualTo("supervisor");
			assertThat(desk.strategy()).isEqualTo("rest-for-one");
			assertThat(desk.maxRestarts()).isEqualTo(5);
			assertThat(desk.within()).isEqualTo(Duration.ofSeconds(90));
			assertThat(desk.restartsInWindow()).isEqualTo(1);
			assertThat(desk.childCount()).isEqualTo(2);
			assertThat(desk.children()).extracting(NodeDescriptor::path)
				.containsExactly("/desk/pricing", "/desk/support");
		});
	}

	@Test
	void childrenAreCutAtTheLimitAndCounted() {
		TreeNode cut = Trees.cut(node("/desk/support"), new TreeCut(2, 100, TreeCut.FROM_START));

		NodeDescriptor descriptor = new TreeDescriber(ReasonText.HIDE_MESSAGES).describe(cut);

		assertThat(descriptor).isInstanceOfSatisfying(SupervisorDescriptor.class, (support) -> {
			assertThat(support.type()).isEqualTo("dynamic-supervisor");
			assertThat(support.childCount()).isEqualTo(5);
			assertThat(support.next()).isEqualTo(1);
			assertThat(support.children()).extracting(NodeDescriptor::path)
				.containsExactly("/desk/support/s0", "/desk/support/s1");
		});
	}

	private static TreeNode node(String path) {
		return Objects.requireNonNull(Trees.desk(5).find(AgentPath.of(path)));
	}

}
