package io.switchboard.journal;

import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.switchboard.AgentPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session has one writer in a process.
 */
class JournalWritersTests {

	private static final AgentPath ADA = AgentPath.of("/desk/support/ada");

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final JournalWriters writers = new JournalWriters(new InMemoryJournal());

	@Test
	void allWhoWriteToASessionShareAWriter() {
		JournalWriter first = this.writers.of(ADA, "v1").block(PATIENCE);
		JournalWriter second = this.writers.of(ADA, "v2").block(PATIENCE);
		JournalWriter other = this.writers.of(AgentPath.of("/desk/support/bob"), "v1").block(PATIENCE);

		assertThat(second).isSameAs(first).isNotSameAs(other);
	}

	@Test
	void aWriterThatNobodyHasIsForgotten() {
		WeakReference<JournalWriter> first = new WeakReference<>(this.writers.of(ADA, "v1").block(PATIENCE));

		collect(first);

		assertThat(this.writers.of(ADA, "v1").block(PATIENCE).session().epoch()).isEqualTo(2);
	}

	@Test
	void aWriterIsNotForgottenBeforeAllIsWritten() {
		CompletableFuture<Void> written = new CompletableFuture<>();
		JournalWriters slow = new JournalWriters(answering("write", () -> written, new InMemoryJournal()));
		WeakReference<JournalWriter> first = new WeakReference<>(slow.of(ADA, "v1").block(PATIENCE));
		Mono<Void> write = Objects.requireNonNull(first.get())
			.write(new JournalEntry.Event(1, null, "type", "{}", Instant.EPOCH));
		StepVerifier verifier = StepVerifier.create(write).expectComplete().verifyLater();
		write = Mono.empty();

		System.gc();

		assertThat(slow.of(ADA, "v1").block(PATIENCE).session().epoch()).isEqualTo(1);
		written.complete(null);
		verifier.verify(PATIENCE);
	}

	@Test
	void aWriterThatLeadsNoMoreIsGivenToNobody() {
		InMemoryJournal journal = new InMemoryJournal();
		JournalWriters shared = new JournalWriters(journal);
		JournalWriter first = shared.of(ADA, "v1").block(PATIENCE);
		journal.open(ADA, "v1").block(PATIENCE);

		StepVerifier.create(first.write(new JournalEntry.Event(1, null, "type", "{}", Instant.EPOCH)))
			.expectError(StaleWriterException.class)
			.verify(PATIENCE);

		JournalWriter next = shared.of(ADA, "v1").block(PATIENCE);
		assertThat(next).isNotSameAs(first);
		next.write(new JournalEntry.Event(1, null, "type", "{}", Instant.EPOCH)).block(PATIENCE);
	}

	@Test
	void aSessionThatWasDeletedBeginsAnew() {
		JournalWriter first = this.writers.of(ADA, "v1").block(PATIENCE);
		first.write(new JournalEntry.Event(1, null, "type", "{}", Instant.EPOCH)).block(PATIENCE);

		this.writers.delete(ADA).block(PATIENCE);

		assertThat(this.writers.of(ADA, "v2").block(PATIENCE).session().definition()).isEqualTo("v2");
	}

	@Test
	void aSessionThatCouldNotBeOpenedIsTriedAgain() {
		JournalWriters away = new JournalWriters(failingOnce(new InMemoryJournal()));

		StepVerifier.create(away.of(ADA, "v1")).expectError(JournalUnavailableException.class).verify(PATIENCE);

		assertThat(away.of(ADA, "v1").block(PATIENCE).session().path()).isEqualTo(ADA);
	}

	private static Journal failingOnce(Journal journal) {
		AtomicBoolean failed = new AtomicBoolean();
		return answering("open", () -> failed.compareAndSet(false, true)
				? Mono.error(new JournalUnavailableException("away", null)) : null, journal);
	}

	private static Journal answering(String asked, Supplier<@Nullable Object> answer, Journal journal) {
		return (Journal) Proxy.newProxyInstance(Journal.class.getClassLoader(), new Class<?>[] { Journal.class },
				(proxy, method, arguments) -> {
					Object own = method.getName().equals(asked) ? answer.get() : null;
					return (own != null) ? own : method.invoke(journal, arguments);
				});
	}

	private static void collect(WeakReference<?> unused) {
		for (int attempt = 0; attempt < 50 && unused.get() != null; attempt++) {
			System.gc();
		}
		assertThat(unused.get()).isNull();
	}

}
