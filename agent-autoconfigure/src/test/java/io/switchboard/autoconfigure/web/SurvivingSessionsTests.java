package io.switchboard.autoconfigure.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

import io.switchboard.AgentPath;
import io.switchboard.ai.turn.Token;
import io.switchboard.ai.turn.ToolCall;
import io.switchboard.journal.JournalEntry;
import io.switchboard.journal.JournalWrite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static io.switchboard.autoconfigure.web.DeskClient.events;
import static io.switchboard.autoconfigure.web.DeskClient.problem;
import static io.switchboard.autoconfigure.web.DurableDesk.after;
import static io.switchboard.autoconfigure.web.DurableDesk.key;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for sessions over HTTP that survive the application.
 */
class SurvivingSessionsTests {

	private static final Duration SOON = Duration.ofSeconds(60);

	private static final AgentPath S1 = AgentPath.of("/desk/support/s1");

	private final DurableDesk desk = new DurableDesk();

	@AfterEach
	void close() {
		this.desk.close();
	}

	@Test
	void keyFindsItsAnswerAfterARestart() {
		DeskClient client = this.desk.start();
		byte[] first = body(client.ask("/agents/support/s1/turns", "count", key("k1")));
		problem(client.ask("/agents/support/s1/turns", "crash", key("k2")), 500, "crashed");
		this.desk.stop();

		DeskClient again = this.desk.start();

		assertThat(body(again.ask("/agents/support/s1/turns", "count", key("k1")))).isEqualTo(first);
		problem(again.ask("/agents/support/s1/turns", "crash", key("k2")), 500, "crashed").jsonPath("$.incarnation")
			.isEqualTo(1);
		problem(again.ask("/agents/support/s1/turns", "say no", key("k1")), 422, "idempotency-key-reused");
		assertThat(all(again.stream("/agents/support/s1/turns", "count", key("k1")))).extracting(ServerSentEvent::event)
			.containsExactly("turn-started", "turn-completed");
	}

	@Test
	void newSessionIsFoundByItsKeyAfterARestart() {
		String first = location(this.desk.start());
		this.desk.stop();

		assertThat(location(this.desk.start())).isEqualTo(first);
	}

	@Test
	void turnThatWasCutOffGoesOnAfterTheStart() {
		DeskClient client = this.desk.start();
		Flux<ServerSentEvent<String>> cut = events(
				client.stream("/agents/support/s1/turns", "wait restart", key("k1")));
		StepVerifier reader = StepVerifier.create(cut.map((event) -> event.id() + " " + event.event()))
			.expectNext("1 turn-started", "null disconnected")
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.desk.gates().reached("restart")).expectComplete().verify(SOON);
		this.desk.stop();
		reader.verify(SOON);
		assertThat(openTurns()).hasSize(1);

		DeskClient again = this.desk.start();
		StepVerifier.create(this.desk.gates().reached("restart")).expectComplete().verify(SOON);
		Flux<ServerSentEvent<String>> joined = events(
				again.stream("/agents/support/s1/turns", "wait restart", key("k1").andThen(after(1))));
		this.desk.gates().open("restart");

		StepVerifier.create(joined.map((event) -> event.id() + " " + event.event()))
			.expectNext("2 turn-completed")
			.expectComplete()
			.verify(SOON);
		assertThat(openTurns()).isEmpty();
	}

	@Test
	void newTurnsComeAfterThoseThatWereCutOff() {
		DeskClient client = this.desk.start();
		client.stream("/agents/support/s1/turns", "wait order", key("k1"));
		StepVerifier.create(this.desk.gates().reached("order")).expectComplete().verify(SOON);
		this.desk.stop();

		DeskClient again = this.desk.start();
		Mono<byte[]> next = Mono.fromCallable(() -> body(again.ask("/agents/support/s1/turns", "count")))
			.subscribeOn(Schedulers.boundedElastic())
			.cache();
		StepVerifier answered = StepVerifier.create(next)
			.assertNext((body) -> assertThat(new String(body)).contains("\"answer\":\"1/2\""))
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.desk.gates().reached("order")).expectComplete().verify(SOON);
		this.desk.gates().open("order");

		answered.verify(SOON);
	}

	@Test
	void eventThatWasNotWrittenIsToldAfterTheStart() {
		write(new JournalEntry.Accepted("t", "{\"input\":\"tool\"}", keyText("k1"), Instant.EPOCH),
				event(1, "turn-started", "{\"turn\":\"t\"}"),
				event(2, "tool-call", WireJson.write(new ToolCall("t", "c1", "orders", "{\"id\": 7}"))));

		Flux<ServerSentEvent<String>> turn = events(
				this.desk.start().stream("/agents/support/s1/turns", "tool", key("k1").andThen(after(1))));

		StepVerifier.create(turn.map((event) -> event.id() + " " + event.event()))
			.expectNext("2 tool-call", "3 tool-result", "4 turn-completed")
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void endOfATextThatWasNotWrittenIsToldAfterTheStart() {
		write(new JournalEntry.Accepted("t", "{\"input\":\"say Hello\"}", keyText("k1"), Instant.EPOCH),
				event(1, "turn-started", "{\"turn\":\"t\"}"), event(2, "token", WireJson.write(new Token("t", "He"))),
				event(3, "token", WireJson.write(new Token("t", "l"))));

		Flux<ServerSentEvent<String>> turn = events(
				this.desk.start().stream("/agents/support/s1/turns", "say Hello", key("k1").andThen(after(3))));

		StepVerifier.create(turn.map((event) -> event.id() + " " + event.event() + " " + event.data()))
			.expectNext("4 token {\"turn\":\"t\",\"text\":\"lo\"}")
			.assertNext((event) -> assertThat(event).startsWith("5 turn-completed"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void turnThatHadBegunGoesOnBeforeOneThatWasAcceptedEarlier() {
		write(new JournalEntry.Accepted("u", "{\"input\":\"count\"}", keyText("ku"), Instant.EPOCH),
				new JournalEntry.Accepted("t", "{\"input\":\"count\"}", keyText("kt"), Instant.EPOCH),
				new JournalEntry.Step("t", 1, "begun", "{}", Instant.EPOCH));

		DeskClient client = this.desk.start();

		client.ask("/agents/support/s1/turns", "count", key("kt")).expectBody().jsonPath("$.answer").isEqualTo("1/1");
		client.ask("/agents/support/s1/turns", "count", key("ku")).expectBody().jsonPath("$.answer").isEqualTo("1/2");
	}

	@Test
	void turnsThatMeetReachTheAgentInTheOrderInWhichTheyAreAccepted() {
		int turns = 16;
		DeskClient client = this.desk.start();
		this.desk.journal().hold(JournalEntry.Accepted.class::isInstance);
		StepVerifier answers = StepVerifier
			.create(Flux.range(0, turns)
				.flatMap((turn) -> Mono.fromCallable(() -> body(client.ask("/agents/support/s1/turns", "count")))
					.subscribeOn(Schedulers.boundedElastic()), turns))
			.expectNextCount(turns)
			.expectComplete()
			.verifyLater();
		StepVerifier.create(Mono.fromSupplier(() -> accepted().size()).repeat().filter((size) -> size == turns).next())
			.expectNext(turns)
			.expectComplete()
			.verify(SOON);
		this.desk.journal().release();
		answers.verify(SOON);

		List<String> begun = this.desk.journal()
			.events(S1, 0)
			.filter((event) -> event.type().equals("turn-started"))
			.mapNotNull(JournalEntry.Event::turn)
			.collectList()
			.block(SOON);
		assertThat(begun).isEqualTo(accepted());
	}

	@Test
	void readerComesBackAfterEachEventWithoutGapOrRepeat() {
		DeskClient client = this.desk.start();
		client.ask("/agents/support/s1/turns", "say one two three").expectStatus().isOk();
		this.desk.stop();
		DeskClient again = this.desk.start();
		again.ask("/agents/support/s1/turns", "say four").expectStatus().isOk();

		for (long known = 0; known <= 8; known++) {
			Flux<ServerSentEvent<String>> session = follow(again, known).take(8 - known);

			StepVerifier.create(session.mapNotNull(ServerSentEvent::id))
				.expectNextSequence(LongStream.rangeClosed(known + 1, 8).mapToObj(Long::toString).toList())
				.expectComplete()
				.verify(SOON);
		}
	}

	@Test
	void readerThatComesBackWhileATurnRunsMissesNothing() {
		DeskClient client = this.desk.start();
		client.ask("/agents/support/s1/turns", "say one").expectStatus().isOk();
		List<StepVerifier> readers = LongStream.rangeClosed(0, 3)
			.mapToObj((known) -> StepVerifier
				.create(follow(client, known).take(505 - known).mapNotNull(ServerSentEvent::id))
				.expectNextSequence(LongStream.rangeClosed(known + 1, 505).mapToObj(Long::toString).toList())
				.expectComplete()
				.verifyLater())
			.toList();

		for (int turn = 0; turn < 5; turn++) {
			client.ask("/agents/support/s1/turns", "many 98").expectStatus().isOk();
		}
		client.ask("/agents/support/s1/turns", "count").expectStatus().isOk();

		readers.forEach((reader) -> reader.verify(SOON));
	}

	@Test
	void readerIsToldOfEventsThatAreNotKept() {
		DeskClient client = this.desk.start();
		client.ask("/agents/support/s1/turns", "say one two three").expectStatus().isOk();
		this.desk.journal().trimTo(4);

		StepVerifier.create(follow(client, 1).take(3)).assertNext((gap) -> {
			assertThat(gap.event()).isEqualTo("gap");
			assertThat(gap.id()).isNull();
			assertThat(gap.data()).isEqualTo("{\"code\":\"events-trimmed\",\"after\":1,\"next\":4}");
		})
			.assertNext((event) -> assertThat(event.id()).isEqualTo("4"))
			.assertNext((event) -> assertThat(event.id()).isEqualTo("5"))
			.expectComplete()
			.verify(SOON);
		StepVerifier.create(follow(client, 99).take(2))
			.assertNext((gap) -> assertThat(gap.data())
				.isEqualTo("{\"code\":\"unknown-event-id\",\"after\":99,\"next\":4}"))
			.assertNext((event) -> assertThat(event.id()).isEqualTo("4"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void answerThatIsNotKeptIsGone() {
		DeskClient client = this.desk.start();
		client.ask("/agents/support/s1/turns", "count", key("k1")).expectStatus().isOk();
		this.desk.journal().trimTo(3);

		problem(client.ask("/agents/support/s1/turns", "count", key("k1")), 410, "answer-gone");
		problem(client.stream("/agents/support/s1/turns", "count", key("k1")), 410, "answer-gone");
	}

	@Test
	void nothingIsToldBeforeItIsWritten() {
		DeskClient client = this.desk.start();
		this.desk.journal().hold((entry) -> entry instanceof JournalEntry.Ended);
		Flux<ServerSentEvent<String>> turn = events(client.stream("/agents/support/s1/turns", "wait written"));

		StepVerifier told = StepVerifier.create(turn.map(ServerSentEvent::event))
			.expectNext("turn-started")
			.assertNext((event) -> {
				assertThat(event).isEqualTo("turn-completed");
				assertThat(this.desk.journal().isHolding()).isFalse();
			})
			.expectComplete()
			.verifyLater();
		this.desk.gates().open("written");
		StepVerifier.create(this.desk.journal().holdsOne()).expectComplete().verify(SOON);
		this.desk.journal().release();

		told.verify(SOON);
	}

	@Test
	void whatComesWhileAWriteIsUnderWayIsOneWrite() {
		DeskClient client = this.desk.start();

		client.ask("/agents/support/s1/turns", "many 1000").expectStatus().isOk();

		assertThat(this.desk.journal().writes()).hasSizeLessThan(500);
		List<JournalEntry> last = this.desk.journal().writes().get(this.desk.journal().writes().size() - 1).entries();
		assertThat(last.get(last.size() - 1)).isInstanceOf(JournalEntry.Ended.class);
		assertThat(last.get(last.size() - 2)).isInstanceOfSatisfying(JournalEntry.Event.class,
				(event) -> assertThat(event.type()).isEqualTo("turn-completed"));
	}

	@Test
	void messageThatCannotBeKeptIsRefusedAndItsKeyIsFree() {
		DeskClient client = this.desk.start("switchboard.journal.accept-timeout=200ms");
		this.desk.journal().hold((entry) -> entry instanceof JournalEntry.Accepted);

		var refused = client.ask("/agents/support/s1/turns", "count", key("k1"));

		refused.expectHeader().exists("Retry-After");
		problem(refused, 503, "journal-unavailable");
		this.desk.journal().release();
		StepVerifier
			.create(Mono
				.defer(() -> this.desk.journal().find(S1).thenMany(this.desk.journal().openTurns()).hasElements())
				.repeat()
				.filter((open) -> !open)
				.next())
			.expectNext(false)
			.expectComplete()
			.verify(SOON);
		client.ask("/agents/support/s1/turns", "count", key("k1")).expectBody().jsonPath("$.answer").isEqualTo("1/1");
	}

	@Test
	void storeThatIsAwayForAMomentIsNotNoticed() {
		DeskClient client = this.desk.start("switchboard.journal.accept-timeout=60s");

		for (int session = 0; session < 4; session++) {
			String turns = "/agents/support/moment-%d/turns".formatted(session);
			this.desk.journal().missNext(session);
			client.ask(turns, "count", key("k" + session)).expectBody().jsonPath("$.answer").isEqualTo("1/1");
		}
	}

	@Test
	void storeThatIsAwayRefusesTurnsAndCrashesNobody() {
		DeskClient client = this.desk.start("switchboard.journal.accept-timeout=200ms");
		client.ask("/agents/support/s1/turns", "count").expectStatus().isOk();
		Flux<ServerSentEvent<String>> turn = events(client.stream("/agents/support/s2/turns", "wait away"));
		this.desk.journal().goAway(true);

		problem(client.ask("/agents/support/s1/turns", "count"), 503, "journal-unavailable");
		problem(client.ask("/agents/support/s3/turns", "count", key("k3")), 503, "journal-unavailable");
		this.desk.gates().open("away");
		this.desk.journal().goAway(false);

		StepVerifier.create(turn.map(ServerSentEvent::event))
			.expectNext("turn-started", "turn-completed")
			.expectComplete()
			.verify(SOON);
		client.ask("/agents/support/s1/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/2");
	}

	@Test
	void sessionInQuarantineTakesNoTurnsAndSaysWhy() {
		DeskClient client = this.desk.start();
		client.ask("/agents/support/s1/turns", "count").expectStatus().isOk();
		this.desk.stop();
		this.desk.journal()
			.open(S1, "support@1")
			.flatMap((session) -> Mono.fromFuture(this.desk.journal()
				.write(new JournalWrite(S1, session.epoch(), 1,
						List.of(new JournalEntry.Quarantined("step 3 cannot be read"))))))
			.block(SOON);

		DeskClient again = this.desk.start();

		problem(again.ask("/agents/support/s1/turns", "count"), 409, "session-quarantined").jsonPath("$.detail")
			.value((detail) -> assertThat(detail.toString()).contains("step 3 cannot be read"));
		again.get("/agents/support/s1").expectBody().jsonPath("$.quarantine").isEqualTo("step 3 cannot be read");
		again.delete("/agents/support/s1").expectStatus().isNoContent();
		again.ask("/agents/support/s1/turns", "count").expectBody().jsonPath("$.answer").isEqualTo("1/1");
	}

	@Test
	void openTurnOfAnAgentThatIsNotThereIsPutIntoQuarantine() {
		AgentPath gone = AgentPath.of("/desk/sales/s1");
		this.desk.journal()
			.open(gone, "sales@1")
			.flatMap((session) -> Mono.fromFuture(this.desk.journal()
				.write(new JournalWrite(gone, session.epoch(), 1,
						List.of(new JournalEntry.Accepted("t-1", "{\"input\":\"hello\"}", null, Instant.EPOCH))))))
			.block(SOON);

		this.desk.start();

		StepVerifier
			.create(Mono.defer(() -> this.desk.journal().find(gone))
				.repeat()
				.filter((session) -> session.isQuarantined())
				.next())
			.assertNext((session) -> assertThat(session.quarantine()).contains("'/desk/sales/s1' is not defined"))
			.expectComplete()
			.verify(SOON);
	}

	@Test
	void turnsGetTimeToEndAndNewOnesAreRefusedMeanwhile() {
		DeskClient client = this.desk.start("spring.lifecycle.timeout-per-shutdown-phase=2m");
		StepVerifier reader = StepVerifier.create(follow(client, 0).map(ServerSentEvent::event))
			.thenConsumeWhile("turn-started"::equals)
			.expectNext("disconnected")
			.expectComplete()
			.verifyLater();
		StepVerifier turn = StepVerifier
			.create(events(client.stream("/agents/support/s1/turns", "wait drained")).map(ServerSentEvent::event))
			.expectNext("turn-started", "turn-completed")
			.expectComplete()
			.verifyLater();
		StepVerifier.create(this.desk.gates().reached("drained")).expectComplete().verify(SOON);
		StepVerifier closed = StepVerifier
			.create(Mono.<Void>fromRunnable(this.desk::stop).subscribeOn(Schedulers.boundedElastic()))
			.expectComplete()
			.verifyLater();
		reader.verify(SOON);

		problem(client.ask("/agents/support/s2/turns", "count"), 503, "draining");
		this.desk.gates().open("drained");

		turn.verify(SOON);
		closed.verify(SOON);
		assertThat(openTurns()).isEmpty();
	}

	private List<String> accepted() {
		return this.desk.journal()
			.writes()
			.stream()
			.flatMap((write) -> write.entries().stream())
			.filter(JournalEntry.Accepted.class::isInstance)
			.map((entry) -> ((JournalEntry.Accepted) entry).turn())
			.toList();
	}

	private static JournalEntry.Event event(long id, String type, String data) {
		return new JournalEntry.Event(id, "t", type, data, Instant.EPOCH);
	}

	private static String keyText(String value) {
		return new IdempotencyKey(S1, "", value).text();
	}

	private void write(JournalEntry... entries) {
		this.desk.journal()
			.open(S1, "support@1")
			.flatMap((session) -> Mono
				.fromFuture(this.desk.journal().write(new JournalWrite(S1, session.epoch(), 1, List.of(entries)))))
			.block(SOON);
	}

	private List<String> openTurns() {
		return this.desk.journal()
			.openTurns()
			.map((turn) -> turn.turn())
			.collectList()
			.blockOptional(SOON)
			.orElseThrow();
	}

	private static Flux<ServerSentEvent<String>> follow(DeskClient client, long known) {
		return events(client.get("/agents/support/s1/events", MediaType.TEXT_EVENT_STREAM, after(known)));
	}

	private static List<ServerSentEvent<String>> all(ResponseSpec response) {
		return events(response).collectList().blockOptional(SOON).orElseThrow();
	}

	private static byte[] body(ResponseSpec response) {
		return Objects.requireNonNull(response.expectBody().returnResult().getResponseBody());
	}

	private static String location(DeskClient client) {
		return String.valueOf(client.ask("/agents/support/turns", "count", key("new"))
			.expectStatus()
			.isCreated()
			.returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Location"));
	}

}
