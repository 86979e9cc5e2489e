package io.switchboard.autoconfigure.annotated;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.switchboard.AgentContext;
import io.switchboard.ExitReason;
import io.switchboard.annotation.OnMessage;
import io.switchboard.annotation.OnStart;
import io.switchboard.annotation.OnStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for {@link AgentClassReader}.
 */
class AgentClassReaderTests {

	private final List<String> problems = new ArrayList<>();

	@Test
	void handlersAreFoundByTheTypeOfTheirParameter() {
		AgentClass agent = AgentClassReader.read(Reactive.class, this.problems);

		assertThat(this.problems).isEmpty();
		assertThat(agent.handlers().messageTypes()).containsExactlyInAnyOrder(String.class, Integer.class, Long.class);
		assertThat(agent.start()).hasToString("AgentClassReaderTests.Reactive.start(AgentContext)");
		assertThat(agent.stop()).hasToString("AgentClassReaderTests.Reactive.stop(AgentContext, ExitReason)");
	}

	@Test
	void publishersAndStagesDoNotBlock() {
		assertThat(AgentClassReader.read(Reactive.class, this.problems).blocks()).isFalse();
	}

	@ParameterizedTest
	@MethodSource
	void oneMethodThatMayBlockIsEnough(Class<?> type) {
		assertThat(AgentClassReader.read(type, this.problems).blocks()).isTrue();
		assertThat(this.problems).isEmpty();
	}

	static Stream<Class<?>> oneMethodThatMayBlockIsEnough() {
		return Stream.of(AnswersValue.class, AnswersNothing.class, StartsBlocking.class, StopsBlocking.class);
	}

	@Test
	void handlersOfASuperclassKnowTheirTypeParameter() {
		AgentClass agent = AgentClassReader.read(OfStrings.class, this.problems);

		assertThat(this.problems).isEmpty();
		assertThat(agent.handlers().messageTypes()).containsExactly(String.class);
	}

	@ParameterizedTest
	@MethodSource
	void mistakesNameClassAndMethod(Class<?> type, String expected) {
		AgentClassReader.read(type, this.problems);

		assertThat(this.problems).singleElement()
			.asString()
			.startsWith("AgentClassReaderTests." + type.getSimpleName() + ".")
			.contains(expected);
	}

	static Stream<Arguments> mistakesNameClassAndMethod() {
		return Stream.of(argumentSet("two handlers for one type", TwoHandlers.class,
				"one(String) and AgentClassReaderTests.TwoHandlers.two(String) both handle messages of type String"),
				argumentSet("a handler without a message", NoMessage.class,
						"handle(AgentContext) must take exactly one"),
				argumentSet("a handler with two messages", TwoMessages.class, "it takes 2 parameters"),
				argumentSet("a handler with two contexts", TwoContexts.class, "it takes 3 parameters"),
				argumentSet("a private handler", PrivateHandler.class, "handle(String) is private"),
				argumentSet("a static handler", StaticHandler.class, "handle(String) is static"),
				argumentSet("a start that takes a message", StartTakesMessage.class,
						"start(String) may take only the AgentContext"),
				argumentSet("a stop that takes a message", StopTakesMessage.class,
						"stop(String) may take only the ExitReason and the AgentContext"),
				argumentSet("a start that answers a value", StartAnswers.class,
						"start() returns String, which nobody would read"));
	}

	@Test
	void aClassWithoutHandlersIsAMistake() {
		AgentClassReader.read(NoHandler.class, this.problems);

		assertThat(this.problems).containsExactly(
				NoHandler.class.getName() + " has no method annotated with @OnMessage; an agent needs at least one");
	}

	@Test
	void twoStartMethodsAreAMistake() {
		AgentClassReader.read(TwoStarts.class, this.problems);

		assertThat(this.problems).singleElement()
			.asString()
			.contains("TwoStarts.one()", "TwoStarts.two()", "@OnStart; at most one may be");
	}

	@Test
	void allMistakesAreCollected() {
		AgentClassReader.read(TwoHandlers.class, this.problems);
		AgentClassReader.read(NoHandler.class, this.problems);

		assertThat(this.problems).hasSize(2);
	}

	static class Reactive {

		@OnStart
		Mono<Void> start(AgentContext<Object> context) {
			return Mono.empty();
		}

		@OnMessage
		Mono<String> one(String message) {
			return Mono.just(message);
		}

		@OnMessage
		Flux<Integer> many(AgentContext<Object> context, int message) {
			return Flux.range(0, message);
		}

		@OnMessage
		CompletionStage<Long> later(Long message) {
			return Mono.just(message).toFuture();
		}

		@OnStop
		Mono<Void> stop(AgentContext<Object> context, ExitReason reason) {
			return Mono.empty();
		}

	}

	static class AnswersValue {

		@OnMessage
		String handle(String message) {
			return message;
		}

	}

	static class AnswersNothing {

		@OnMessage
		void handle(String message) {
		}

	}

	static class StartsBlocking extends OfStrings {

		@OnStart
		void start() {
		}

	}

	static class StopsBlocking extends OfStrings {

		@OnStop
		void stop(ExitReason reason) {
		}

	}

	abstract static class Generic<T> {

		@OnMessage
		Mono<T> handle(T message) {
			return Mono.just(message);
		}

	}

	static class OfStrings extends Generic<String> {

	}

	static class TwoHandlers {

		@OnMessage
		void one(String message) {
		}

		@OnMessage
		void two(String message) {
		}

	}

	static class NoMessage {

		@OnMessage
		void handle(AgentContext<Object> context) {
		}

	}

	static class TwoMessages {

		@OnMessage
		void handle(String message, Integer other) {
		}

	}

	static class TwoContexts {

		@OnMessage
		void handle(String message, AgentContext<Object> context, AgentContext<Object> other) {
		}

	}

	static class PrivateHandler {

		@OnMessage
		private void handle(String message) {
		}

	}

	static class StaticHandler {

		@OnMessage
		static void handle(String message) {
		}

	}

	static class StartTakesMessage extends AnswersValue {

		@OnStart
		void start(String message) {
		}

	}

	static class StopTakesMessage extends AnswersValue {

		@OnStop
		void stop(String message) {
		}

	}

	static class StartAnswers extends AnswersValue {

		@OnStart
		String start() {
			return "";
		}

	}

	static class NoHandler {

		void handle(String message) {
		}

	}

	static class TwoStarts extends AnswersValue {

		@OnStart
		void one() {
		}

		@OnStart
		void two() {
		}

	}

}
