package io.switchboard.benchmarks.parts;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.switchboard.AgentContext;
import io.switchboard.AgentPath;
import io.switchboard.AgentRef;
import io.switchboard.mailbox.MailboxSpec;
import io.switchboard.mailbox.OverflowPolicy;
import io.switchboard.runtime.AgentSystem;
import io.switchboard.supervision.AgentSpec;
import io.switchboard.supervision.SupervisorSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Questions that an agent asks while messages wait for it: they may not take longer than
 * without.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FullMailboxBenchmark {

	private static final int CALLS = 20_000;

	private static final AgentPath CALLED = AgentPath.of("/called");

	/**
	 * How many messages wait.
	 */
	@Param({ "0", "500000" })
	private int waiting;

	private Sinks.Empty<Void> begin = Sinks.empty();

	private CountDownLatch done = new CountDownLatch(1);

	private AgentSystem system = AgentSystem.builder(SupervisorSpec.builder("none").build()).build();

	@Setup(Level.Invocation)
	public void fill() {
		this.begin = Sinks.empty();
		this.done = new CountDownLatch(1);
		MailboxSpec mailbox = new MailboxSpec(this.waiting + 1, OverflowPolicy.REJECT);
		this.system = AgentSystem
			.builder(SupervisorSpec.builder("root")
				.child(AgentSpec.builder("caller", Object.class, () -> this::call).mailbox(mailbox).build())
				.child(AgentSpec.builder("called", Integer.class, () -> (number, context) -> Mono.just(number)).build())
				.build())
			.build();
		this.system.start().block();
		AgentRef<Object> caller = this.system.agent(AgentPath.of("/caller"), Object.class);
		caller.tell("call");
		for (int i = 0; i < this.waiting; i++) {
			caller.tell(i);
		}
	}

	private Mono<?> call(Object message, AgentContext<Object> context) {
		if (!message.equals("call")) {
			return Mono.empty();
		}
		return this.begin.asMono()
			.thenMany(Flux.range(0, CALLS).concatMap((i) -> context.agent(CALLED).ask(i, Integer.class)))
			.doOnComplete(this.done::countDown)
			.then();
	}

	@TearDown(Level.Invocation)
	public void stop() {
		this.system.stop().block();
	}

	@Benchmark
	@OperationsPerInvocation(CALLS)
	public void ask() throws InterruptedException {
		this.begin.tryEmitEmpty();
		this.done.await();
	}

}
