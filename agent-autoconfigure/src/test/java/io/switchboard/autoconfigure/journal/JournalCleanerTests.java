package io.switchboard.autoconfigure.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.switchboard.AgentPath;
import io.switchboard.ai.Conversations;
import io.switchboard.journal.InMemoryJournal;
import io.switchboard.journal.Journal;
import io.switchboard.journal.JournalRetention;
import io.switchboard.journal.JournalSession;
import io.switchboard.journal.JournalTrimmed;
import io.switchboard.journal.JournalUnavailableException;
import io.switchboard.journal.JournalWriter;
import io.switchboard.journal.JournalWriters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.ai.chat.messages.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link JournalCleaner}.
 */
class JournalCleanerTests {

	private static final JournalTrimmed NOTHING = new JournalTrimmed(0, 0, Set.of(), false);

	private static final JournalTrimmed MORE = new JournalTrimmed(1_000, 0, Set.of(), true);

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final JournalRetention retention = new JournalRetention(Duration.ofDays(7), Duration.ofDays(30), 10);

	private final Journal journal = mock(Journal.class);

	private final Deque<Mono<JournalTrimmed>> answers = new ArrayDeque<>();

	private final List<Instant> cleaned = new ArrayList<>();

	private final Conversations conversations = Conversations.inMemory();

	private final JournalCleaner cleaner = new JournalCleaner(new JournalWriters(this.journal), this.retention,
			this.conversations::forget, Duration.ofMinutes(1), this.scheduler);

	@BeforeEach
	void answer() {
		given(this.journal.trim(eq(this.retention), any())).willAnswer((call) -> {
			this.cleaned.add(call.getArgument(1));
			return this.answers.isEmpty() ? Mono.just(NOTHING) : this.answers.poll();
		});
	}

	@AfterEach
	void stop() {
		this.cleaner.stop();
		this.scheduler.dispose();
	}

	@Test
	void itCleansAgainAndAgain() {
		this.cleaner.start();
		assertThat(this.cleaned).isEmpty();

		this.scheduler.advanceTimeBy(Duration.ofMinutes(3));

		assertThat(this.cleaned).containsExactly(Instant.ofEpochSecond(60), Instant.ofEpochSecond(120),
				Instant.ofEpochSecond(180));
	}

	@Test
	void itRestsBetweenPartsUntilNothingIsLeft() {
		this.answers.addAll(List.of(Mono.just(MORE), Mono.just(MORE), Mono.just(NOTHING)));
		this.cleaner.start();

		this.scheduler.advanceTimeBy(Duration.ofSeconds(60));
		assertThat(this.cleaned).hasSize(1);
		this.scheduler.advanceTimeBy(Duration.ofMillis(50));
		assertThat(this.cleaned).hasSize(2);
		this.scheduler.advanceTimeBy(Duration.ofSeconds(59));

		assertThat(this.cleaned).hasSize(3);
	}

	@Test
	void itGoesOnWhenTheJournalWasAway() {
		this.answers.add(Mono.error(new JournalUnavailableException("away", null)));
		this.cleaner.start();

		this.scheduler.advanceTimeBy(Duration.ofMinutes(2));

		assertThat(this.cleaned).hasSize(2);
	}

	@Test
	void itStopsInTheMiddle() {
		this.answers.add(Mono.just(MORE));
		this.cleaner.start();
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));

		this.cleaner.stop();
		this.scheduler.advanceTimeBy(Duration.ofMinutes(5));

		assertThat(this.cleaned).hasSize(1);
		assertThat(this.cleaner.isRunning()).isFalse();
	}

	@Test
	void aSessionThatIsGoneCanBeginAnew() {
		JournalWriters writers = new JournalWriters(new InMemoryJournal());
		AgentPath ada = AgentPath.of("/desk/support/ada");
		JournalWriter before = writers.of(ada, "v1").block();
		this.conversations.of(ada).add("t1", List.of(new UserMessage("my secret"))).block();
		JournalCleaner own = new JournalCleaner(writers, new JournalRetention(Duration.ZERO, Duration.ofMinutes(5), 0),
				this.conversations::forget, Duration.ofMinutes(1), this.scheduler);
		own.start();

		this.scheduler.advanceTimeBy(Duration.ofMinutes(7));

		assertThat(writers.of(ada, "v1").block()).isNotSameAs(before);
		assertThat(this.conversations.transcript(ada).block()).isEmpty();
		own.stop();
	}

	@Test
	void whatCouldNotBeForgottenIsForgottenLater() {
		AgentPath ann = AgentPath.of("/desk/support/ann");
		AgentPath bob = AgentPath.of("/desk/support/bob");
		AgentPath cleo = AgentPath.of("/desk/support/cleo");
		List<AgentPath> tried = new ArrayList<>();
		AtomicBoolean away = new AtomicBoolean(true);
		this.answers.add(Mono.just(new JournalTrimmed(0, 0, Set.of(ann, bob, cleo), false)));
		given(this.journal.find(any())).willReturn(Mono.empty());
		given(this.journal.find(cleo))
			.willReturn(Mono.just(new JournalSession(cleo, 1, "v1", 0, null, "somebody else")));
		JournalCleaner own = new JournalCleaner(new JournalWriters(this.journal), this.retention, (path) -> {
			tried.add(path);
			return (away.get() && !path.equals(bob)) ? Mono.error(new IllegalStateException("away")) : Mono.empty();
		}, Duration.ofMinutes(1), this.scheduler);
		own.start();

		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(tried).containsExactlyInAnyOrder(ann, bob, cleo);
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));
		away.set(false);
		this.scheduler.advanceTimeBy(Duration.ofMinutes(3));

		assertThat(tried.subList(3, tried.size())).containsExactly(ann, ann);
		assertThat(this.cleaned).hasSize(5);
		own.stop();
	}

}
