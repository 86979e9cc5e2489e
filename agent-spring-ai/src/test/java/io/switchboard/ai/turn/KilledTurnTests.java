package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.ai.approval.ApprovalRequest;
import io.switchboard.ai.approval.Approvals;
import io.switchboard.ai.approval.Decision;
import io.switchboard.ai.tool.ToolDeclaration;
import io.switchboard.ai.tool.ToolSettings;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWriters;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A turn with calls of tools, a person and a recovery, in processes that are killed at
 * each write: it goes on in the next one, and nothing that is known happens again.
 */
class KilledTurnTests {

	private static final AgentPath ANN = AgentPath.of("/desk/support/ann");

	private static final TurnRequest REQUEST = new TurnRequest("t1", "Refund it?").asAccepted();

	/** Calls of the model in a turn that nothing happens to. */
	private static final int ANSWERS = 3;

	@Test
	void nothingHappensTwiceWhereverAProcessIsKilled() {
		boolean wasKilled = true;
		for (int write = 1; wasKilled; write++) {
			for (boolean isKept : List.of(true, false)) {
				World world = new World("killed at write %d, which was %skept".formatted(write, isKept ? "" : "not "));
				Process first = world.process(new FixtureJournal(world.kept).killedAt(write, isKept));
				wasKilled = first.journal.isKilled();
				if (wasKilled) {
					assertThat(first.ends()).as(world.story).isZero();
					world.process(new FixtureJournal(world.kept)).isOver();
				}
				else {
					first.isOver();
					assertThat(write).isGreaterThan(12);
				}
				world.check(isKept ? 0 : 1, wasKilled ? 1 : 0);
			}
		}
	}

	@Test
	void theNextProcessTellsTheTurnFromItsBeginning() {
		boolean wasKilled = true;
		for (int write = 1; wasKilled; write++) {
			World world = new World("killed at write %d, which was kept".formatted(write));
			Process first = world.process(new FixtureJournal(world.kept).killedAt(write, true));
			wasKilled = first.journal.isKilled();
			if (wasKilled) {
				Process next = world.process(new FixtureJournal(world.kept));

				List<TurnEvent> told = first.happened();
				assertThat(next.happened().subList(0, told.size())).as(world.story).isEqualTo(told);
				assertThat(next.happened()).as(world.story)
					.filteredOn(ToolResult.class::isInstance)
					.extracting((event) -> ((ToolResult) event).call())
					.containsExactlyInAnyOrder("c1", "c2", "c3");
				assertThat(next.text()).as(world.story).isEqualTo("It is done.");
			}
		}
	}

	@Test
	void nothingHappensTwiceWhereverTwoProcessesAreKilled() {
		boolean firstWasKilled = true;
		for (int write = 1; firstWasKilled; write++) {
			boolean secondWasKilled = true;
			for (int next = 1; secondWasKilled && firstWasKilled; next++) {
				World world = new World("killed at write %d, and at write %d after that".formatted(write, next));
				firstWasKilled = world.process(new FixtureJournal(world.kept).killedAt(write, next % 2 == 0)).journal
					.isKilled();
				if (firstWasKilled) {
					Process second = world.process(new FixtureJournal(world.kept).killedAt(next, write % 2 == 0));
					secondWasKilled = second.journal.isKilled();
					if (secondWasKilled) {
						world.process(new FixtureJournal(world.kept)).isOver();
					}
				}
				world.check(2, 2);
			}
		}
	}

	@Test
	void nothingFollowsFromWhatIsNotWritten() {
		World world = new World("written late");
		FixtureJournal journal = new FixtureJournal(world.kept).holding();
		Process process = world.process(journal);
		int writes = 0;
		while (journal.isHolding()) {
			int done = world.done() + process.events.size();
			process.context.scheduler().advanceTimeBy(Duration.ofHours(1));
			assertThat(world.done() + process.events.size()).as("before write %d", writes).isEqualTo(done);
			journal.release();
			process.approve();
			writes++;
		}

		process.isOver();
		world.check(0, 0);
		assertThat(writes).isEqualTo(journal.kinds().size());
	}

	/**
	 * What outlives processes: the journal, the provider and what tools have done.
	 */
	private static final class World {

		private final InMemoryJournal kept = new InMemoryJournal();

		private final Map<String, Integer> made = new HashMap<>();

		private final String story;

		private int answers;

		World(String story) {
			this.story = story;
		}

		Process process(FixtureJournal journal) {
			return new Process(this, journal);
		}

		int done() {
			return this.answers + this.made.values().stream().mapToInt(Integer::intValue).sum();
		}

		FixtureTool tool(String name, String id) {
			return new FixtureTool(name, () -> {
				assertThat(this.kept.steps(ANN, "t1").collectList().block()).as(this.story)
					.filteredOn((step) -> step.kind().equals("tool-started"))
					.extracting(JournalEntry.Step::content)
					.anyMatch((content) -> content.contains(id));
				this.made.merge(name, 1, Integer::sum);
				return name + " done";
			});
		}

		Flux<ChatResponse> answer(List<Message> said) {
			this.answers++;
			if (said.stream().noneMatch((message) -> message.getMessageType() == MessageType.TOOL)) {
				return Flux.just(FixtureModel.response(AssistantMessage.builder()
					.content("")
					.toolCalls(List.of(FixtureModel.call("c1", "lookup", "{}"), FixtureModel.call("c2", "charge", "{}"),
							FixtureModel.call("c3", "refund", "{}")))
					.build()));
			}
			boolean again = said.get(said.size() - 1) instanceof UserMessage;
			return again ? Flux.just("It is ", "done.").map(AssistantMessage::new).map(FixtureModel::response)
					: Flux.just(FixtureModel.response(new AssistantMessage("")));
		}

		/**
		 * Check what has happened in all processes.
		 * @param lost how many answers of the model may not have been written
		 * @param kills how often a process was killed
		 */
		void check(int lost, int kills) {
			assertThat(this.answers).as(this.story).isBetween(ANSWERS, ANSWERS + lost);
			assertThat(this.made.getOrDefault("charge", 0)).as(this.story).isLessThanOrEqualTo(1);
			assertThat(this.made.getOrDefault("refund", 0)).as(this.story).isLessThanOrEqualTo(1);
			assertThat(this.made.get("lookup")).as(this.story).isBetween(1, 1 + kills);
			assertThat(Conversations.of(new JournalWriters(this.kept)).transcript(ANN).block()).as(this.story)
				.extracting(Message::getText)
				.containsExactly("Refund it?", "It is done.");
		}

	}

	/**
	 * One life of the application.
	 */
	private static final class Process {

		private final FixtureContext context = new FixtureContext().onOneThread();

		private final Approvals approvals = new Approvals();

		private final List<TurnEvent> events = new CopyOnWriteArrayList<>();

		private final List<Throwable> errors = new ArrayList<>();

		private final World world;

		private final FixtureJournal journal;

		private final Disposable turn;

		Process(World world, FixtureJournal journal) {
			this.world = world;
			this.journal = journal;
			JournalWriters writers = new JournalWriters(journal);
			ChatModel model = new ChatModel() {

				@Override
				public ChatOptions getOptions() {
					return ToolCallingChatOptions.builder().build();
				}

				@Override
				public Flux<ChatResponse> stream(Prompt prompt) {
					return world.answer(prompt.getInstructions());
				}

				@Override
				public ChatResponse call(Prompt prompt) {
					throw new UnsupportedOperationException();
				}

			};
			TurnRunner runner = TurnRunner.builder(ChatClient.create(model), model)
				.tools(List.of(world.tool("lookup", "c1"), world.tool("charge", "c2"), world.tool("refund", "c3")))
				.toolSettings(ToolSettings.defaults()
					.withOverrides(Map.of("lookup", ToolDeclaration.none().withIdempotent(true))))
				.approvals(this.approvals)
				.approvalFor(Set.of("refund"))
				.journal(writers)
				.build();
			this.turn = runner.run(REQUEST, Conversations.of(writers).of(ANN), this.context)
				.subscribe(this.events::add, this.errors::add);
			approve();
			if (journal.isKilled()) {
				this.turn.dispose();
			}
		}

		/**
		 * A person approves what is asked for, once it is seen.
		 */
		void approve() {
			for (ApprovalRequest asked : this.approvals.waiting()) {
				this.approvals.decide(asked.agent(), asked.turn(), asked.call(), new Decision.Approve());
			}
			this.context.scheduler().advanceTimeBy(Duration.ofSeconds(1));
		}

		/**
		 * What is told but for texts and the end.
		 */
		List<TurnEvent> happened() {
			return this.events.stream().filter((event) -> !(event instanceof Token) && !event.last()).toList();
		}

		/**
		 * The text that is told behind the last tool and the last recovery.
		 */
		String text() {
			StringBuilder text = new StringBuilder();
			for (TurnEvent event : this.events) {
				if (event instanceof Token token) {
					text.append(token.text());
				}
				else if (!event.last()) {
					text.setLength(0);
				}
			}
			return text.toString();
		}

		long ends() {
			return this.events.stream().filter(TurnEvent::last).count();
		}

		void isOver() {
			assertThat(this.errors).as(this.world.story).isEmpty();
			assertThat(this.events).as(this.world.story).last().isInstanceOf(TurnCompleted.class);
			assertThat(ends()).as(this.world.story).isEqualTo(1);
		}

	}

}
