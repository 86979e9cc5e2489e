package io.switchboard.ai.turn;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns whose answer has a type, and whose input is more than text.
 */
class TurnOutputTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final OutputType<Parcel> PARCEL = OutputType.of(Parcel.class);

	private static final TurnRequest REQUEST = new TurnRequest("t1", "Where is it?").withOutput(PARCEL);

	private final FixtureContext context = new FixtureContext();

	private final FixtureModel model = new FixtureModel();

	private final List<Message> kept = new ArrayList<>();

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void theModelIsToldTheSchemaAndTheConversationIsNot() {
		this.model.says("{\"carrier\":\"Northwind\"}");

		StepVerifier.create(run(REQUEST))
			.expectNextCount(2)
			.expectNext(new TurnCompleted("t1", "{\"carrier\":\"Northwind\"}", new Usage(10, 2), 1))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.model.messagesOfCall(0)).singleElement()
			.satisfies((message) -> assertThat(message.getText()).startsWith("Where is it?").endsWith(PARCEL.schema()));
		assertThat(this.kept).extracting(Message::getText)
			.containsExactly("Where is it?", "{\"carrier\":\"Northwind\"}");
	}

	@Test
	void theModelIsToldWhatDoesNotFit() {
		this.model.says("{}").says("{\"carrier\":\"Northwind\"}");

		StepVerifier.create(run(REQUEST))
			.expectNext(new TurnStarted("t1"), new Token("t1", "{}"))
			.expectNext(new Recovering("t1", "invalid-output", "feedback", 1))
			.expectNextCount(1)
			.expectNextMatches(TurnCompleted.class::isInstance)
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.model.messagesOfCall(1)).last()
			.satisfies((message) -> assertThat(message.getText()).contains("required property 'carrier'"));
		assertThat(this.kept).hasSize(2);
	}

	@Test
	void aTurnWhoseAnswerNeverFitsIsGivenUp() {
		this.model.says("{}").says("{}").says("{}");

		StepVerifier.create(run(REQUEST).filter(TurnEvent::last))
			.expectNextMatches((event) -> event instanceof TurnFailed failed
					&& failed.failure().equals("invalid-output") && failed.detail().contains("'carrier'"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(this.kept).isEmpty();
	}

	@Test
	void theModelAndTheConversationGetWhatBelongsToTheInput() {
		Media picture = new Media(MimeTypeUtils.IMAGE_PNG, new ByteArrayResource(new byte[] { 1, 2, 3 }));
		this.model.says("A cat.");

		run(new TurnRequest("t1", "What is this?").withMedia(List.of(picture))).blockLast(PATIENCE);

		assertThat(this.model.messagesOfCall(0)).singleElement()
			.satisfies((message) -> assertThat(((UserMessage) message).getMedia()).containsExactly(picture));
		assertThat(this.kept).first()
			.satisfies((message) -> assertThat(((UserMessage) message).getMedia()).containsExactly(picture));
	}

	private Flux<TurnEvent> run(TurnRequest request) {
		return TurnRunner.builder(ChatClient.create(this.model), this.model)
			.build()
			.run(request, new Kept(), this.context);
	}

	record Parcel(String carrier) {

	}

	private final class Kept implements TurnConversation {

		@Override
		public Mono<List<Message>> read() {
			return Mono.just(List.of());
		}

		@Override
		public Mono<Void> add(String id, List<Message> turn) {
			return Mono.fromRunnable(() -> TurnOutputTests.this.kept.addAll(turn));
		}

		@Override
		public Mono<Void> replace(String id, List<Message> history, List<Message> turn) {
			return add(id, turn);
		}

	}

}
