package io.switchboard.benchmarks.parts;

import java.util.concurrent.TimeUnit;

import io.switchboard.mailbox.Mailbox;
import io.switchboard.mailbox.MailboxSpec;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Putting messages into a mailbox and taking them out.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MailboxBenchmark {

	private static final Object MESSAGE = new Object();

	@Benchmark
	public @Nullable Object offerAndPoll(Own own) {
		own.mailbox.offer(MESSAGE, MailboxBenchmark::dropped);
		return own.mailbox.poll();
	}

	@Benchmark
	@Threads(2)
	public @Nullable Object offerAndPollByTwo(Shared shared) {
		shared.mailbox.offer(MESSAGE, MailboxBenchmark::dropped);
		return shared.mailbox.poll();
	}

	private static void dropped(Object message) {
		throw new IllegalStateException("This mailbox rejects: " + message);
	}

	/**
	 * A mailbox for each thread.
	 */
	@State(Scope.Thread)
	public static class Own {

		private final Mailbox<Object> mailbox = new Mailbox<>(MailboxSpec.defaults());

	}

	/**
	 * A mailbox for all threads.
	 */
	@State(Scope.Benchmark)
	public static class Shared {

		private final Mailbox<Object> mailbox = new Mailbox<>(MailboxSpec.defaults());

	}

}
