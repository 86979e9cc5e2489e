package io.switchboard.ai.turn;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import io.switchboard.AgentPath;
import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.failure.TurnFailure;
import io.switchboard.ai.failure.TurnFailureException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link GivenUpTurns}.
 */
class GivenUpTurnsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final AgentPath ANN = AgentPath.of("/desk/support/ann");

	private final FixtureContext context = new FixtureContext().onOneThread();

	private final FixtureModel model = new FixtureModel();

	private final GivenUpTurns givenUp = new GivenUpTurns(2);

	private final TurnRunner runner = TurnRunner.builder(ChatClient.create(this.model), this.model)
		.budget(new Budget(10, 1000, Duration.ofMinutes(1)))
		.givenUp(this.givenUp)
		.build();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void aTurnThatIsGivenUpIsKeptAndCanBeReplayed() {
		this.model.answers(refused()).says("42");
		run(new TurnRequest("t1", "Hi?").withOutput(OutputType.of(Integer.class))).blockLast(PATIENCE);

		GivenUpTurn turn = Objects.requireNonNull(this.givenUp.take(ANN, "t1"));

		assertThat(turn.failure()).isEqualTo(FailureClass.REFUSED);
		assertThat(turn.incarnation()).isEqualTo(7);
		assertThat(turn.request().input()).isEqualTo("Hi?");
		assertThat(turn.request().output()).isNotNull();
		assertThat(turn).hasToString("turn 't1' of /desk/support/ann, given up in incarnation 7 as refused");
		assertThat(this.givenUp.take(ANN, "t1")).isNull();
		this.context.incarnation = 8;
		assertThat(run(turn.request()).blockLast(PATIENCE)).isInstanceOf(TurnCompleted.class);
		assertThat(this.givenUp.all()).isEmpty();
	}

	@Test
	void aTurnThatIsTriedAgainIsOverForTheJournal() {
		this.model.answers(refused());
		run(new TurnRequest("t1", "Hi?").asAccepted()).blockLast(PATIENCE);

		assertThat(this.givenUp.all()).singleElement()
			.satisfies((turn) -> assertThat(turn.request().accepted()).isFalse());
	}

	@Test
	void aTurnThatIsOutOfTimeIsGivenUp() {
		this.model.answers(Flux.never());
		run(new TurnRequest("t1", "Hi?")).subscribe();

		this.context.scheduler().advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.givenUp.all()).singleElement()
			.satisfies((turn) -> assertThat(turn.failure()).isEqualTo(FailureClass.BUDGET_SPENT));
	}

	@Test
	void theLatestOnesAreKept() {
		for (String turn : List.of("t1", "t2", "t3")) {
			this.model.answers(refused());
			run(new TurnRequest(turn, "Hi?")).blockLast(PATIENCE);
		}

		assertThat(this.givenUp.all()).extracting((turn) -> turn.request().turn()).containsExactly("t3", "t2");
	}

	@Test
	void oneIsKeptOfEachId() {
		for (int second = 1; second <= 2; second++) {
			this.givenUp.add(new GivenUpTurn(ANN, 1, new TurnRequest("t1", "Hi?"), FailureClass.REFUSED, "",
					Instant.ofEpochSecond(second)));
		}

		assertThat(this.givenUp.take(AgentPath.of("/desk/support/bob"), "t1")).isNull();
		assertThat(this.givenUp.all()).hasSize(1);
		assertThat(Objects.requireNonNull(this.givenUp.take(ANN, "t1")).at()).isEqualTo(Instant.ofEpochSecond(2));
	}

	@Test
	void thoseOfOneAgentAreForgotten() {
		AgentPath bob = AgentPath.of("/desk/support/bob");
		for (AgentPath agent : List.of(ANN, bob)) {
			this.givenUp.add(new GivenUpTurn(agent, 1, new TurnRequest("t1", "Hi?"), FailureClass.REFUSED, "",
					Instant.ofEpochSecond(1)));
		}

		this.givenUp.forget(ANN);

		assertThat(this.givenUp.all()).extracting(GivenUpTurn::agent).containsExactly(bob);
	}

	@Test
	void theCapacityIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> new GivenUpTurns(-1)).withMessageContaining("-1");
	}

	private Flux<TurnEvent> run(TurnRequest request) {
		return this.runner.run(request, List.of(), this.context);
	}

	private static Flux<ChatResponse> refused() {
		return Flux.error(new TurnFailureException(TurnFailure.of(FailureClass.REFUSED)));
	}

}
