package io.switchboard.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.switchboard.AgentPath;
import io.switchboard.autoconfigure.SwitchboardProperties.Agent;
import io.switchboard.autoconfigure.SwitchboardProperties.Backoff;
import io.switchboard.autoconfigure.SwitchboardProperties.Blocking;
import io.switchboard.autoconfigure.SwitchboardProperties.Breaker;
import io.switchboard.autoconfigure.SwitchboardProperties.Budget;
import io.switchboard.autoconfigure.SwitchboardProperties.Calls;
import io.switchboard.autoconfigure.SwitchboardProperties.Price;
import io.switchboard.autoconfigure.SwitchboardProperties.Provider;
import io.switchboard.autoconfigure.SwitchboardProperties.Retry;
import io.switchboard.autoconfigure.SwitchboardProperties.Supervisor;
import io.switchboard.autoconfigure.SwitchboardProperties.Tool;
import io.switchboard.autoconfigure.SwitchboardProperties.Tools;
import io.switchboard.autoconfigure.SwitchboardProperties.Workers;
import io.switchboard.autoconfigure.diagnostics.InvalidSettingException;
import io.switchboard.runtime.BlockingThreads;
import org.jspecify.annotations.Nullable;

/**
 * Checks the settings that bind well and still make no sense, all at once.
 */
final class SettingChecks {

	private static final int FIRST_JDK_WITH_VIRTUAL_THREADS = 21;

	private final List<InvalidSettingException.Setting> invalid = new ArrayList<>();

	private SettingChecks() {
	}

	static void check(SwitchboardProperties properties) {
		SettingChecks checks = new SettingChecks();
		checks.positive("switchboard.ask-timeout", properties.askTimeout());
		checks.notNegative("switchboard.handler-timeout", properties.handlerTimeout());
		checks.zeroOrMore("switchboard.crash-reports.per-node", properties.crashReports().perNode());
		checks.workers(properties.workers());
		checks.blocking(properties.blocking());
		checks.retry(properties.retry());
		checks.calls("switchboard.calls", properties.calls());
		checks.intensity("switchboard.root", properties.root().maxRestarts(), properties.root().within());
		checks.budget("switchboard.root.budget", properties.root().budget());
		properties.supervisors().forEach(checks::supervisor);
		properties.agents().forEach(checks::agent);
		properties.providers().forEach(checks::provider);
		properties.prices().forEach(checks::price);
		checks.tools(properties.tools());
		if (!checks.invalid.isEmpty()) {
			throw new InvalidSettingException(checks.invalid);
		}
	}

	private void workers(Workers workers) {
		atLeastOne("switchboard.workers.count", workers.count());
		zeroOrMore("switchboard.workers.max-spare", workers.maxSpare());
		positive("switchboard.workers.held-after", workers.heldAfter());
		if (workers.reportedAfter().compareTo(workers.heldAfter()) < 0) {
			add("switchboard.workers.reported-after", workers.reportedAfter(),
					"a duration of at least 'held-after', " + workers.heldAfter());
		}
	}

	private void blocking(Blocking blocking) {
		atLeastOne("switchboard.blocking.max-threads", blocking.maxThreads());
		int jdk = Runtime.version().feature();
		if (blocking.threads() == BlockingThreads.VIRTUAL && jdk < FIRST_JDK_WITH_VIRTUAL_THREADS) {
			add("switchboard.blocking.threads", "virtual",
					"automatic or platform on JDK %d, which has no virtual threads".formatted(jdk));
		}
	}

	private void retry(Retry retry) {
		positive("switchboard.retry.first", retry.first());
		if (retry.longest().compareTo(retry.first()) < 0) {
			add("switchboard.retry.longest", retry.longest(),
					"a duration of at least the first wait, " + retry.first());
		}
	}

	private void calls(String key, Calls calls) {
		notNegative(key + ".first-token", calls.firstToken());
		notNegative(key + ".stall", calls.stall());
		notNegative(key + ".total", calls.total());
	}

	private void supervisor(String name, Supervisor supervisor) {
		String key = "switchboard.supervisors." + name;
		name(key, name);
		intensity(key, supervisor.maxRestarts(), supervisor.within());
		backoff(key + ".backoff", supervisor.backoff());
		budget(key + ".budget", supervisor.budget());
	}

	private void backoff(String key, Backoff backoff) {
		Duration first = backoff.first();
		if (first != null) {
			positive(key + ".first", first);
			if (backoff.max().compareTo(first) < 0) {
				add(key + ".max", backoff.max(), "a duration of at least the first wait, " + first);
			}
		}
		positive(key + ".max", backoff.max());
		if (!(backoff.factor() >= 1) || Double.isInfinite(backoff.factor())) {
			add(key + ".factor", backoff.factor(), "1 or more");
		}
		if (!(backoff.jitter() >= 0 && backoff.jitter() <= 1)) {
			add(key + ".jitter", backoff.jitter(), "0 to 1");
		}
	}

	private void agent(String name, Agent agent) {
		String key = "switchboard.agents." + name;
		name(key, name);
		notNegative(key + ".shutdown", agent.shutdown());
		notNegative(key + ".handler-timeout", agent.handlerTimeout());
		notNegative(key + ".idle-timeout", agent.idleTimeout());
		budget(key + ".budget", agent.budget());
		calls(key + ".calls", agent.calls());
		atLeastOne(key + ".mailbox.capacity", agent.mailbox().capacity());
		zeroOrMore(key + ".max-recoveries", agent.maxRecoveries());
		zeroOrMore(key + ".history-tokens", agent.historyTokens());
		atLeastOne(key + ".max-sessions", agent.maxSessions());
	}

	private void budget(String key, Budget budget) {
		atLeastOne(key + ".steps", budget.steps());
		zeroOrMore(key + ".tool-calls", budget.toolCalls());
		atLeastOne(key + ".tokens", budget.tokens());
		if (budget.cost() != null && budget.cost().signum() <= 0) {
			add(key + ".cost", budget.cost(), "more than zero");
		}
		if (budget.time() != null) {
			positive(key + ".time", budget.time());
		}
		atLeastOne(key + ".concurrent-turns", budget.concurrentTurns());
	}

	private void price(String name, Price price) {
		zeroOrMore("switchboard.prices." + name + ".input", price.input());
		zeroOrMore("switchboard.prices." + name + ".output", price.output());
	}

	private void provider(String name, Provider provider) {
		String key = "switchboard.providers." + name;
		zeroOrMore(key + ".max-concurrent", provider.maxConcurrent());
		zeroOrMore(key + ".requests-per-minute", provider.requestsPerMinute());
		notNegative(key + ".max-wait", provider.maxWait());
		breaker(key + ".breaker", provider.breaker());
	}

	private void tools(Tools tools) {
		positive("switchboard.tools.timeout", tools.timeout());
		atLeastOne("switchboard.tools.parallel", tools.parallel());
		name("switchboard.tools.supervisor", tools.supervisor());
		atLeastOne("switchboard.tools.max-running", tools.maxRunning());
		exceptions("switchboard.tools.failures", tools.failures());
		tools.overrides().forEach((name, tool) -> tool("switchboard.tools.overrides." + name, tool));
	}

	private void tool(String key, Tool tool) {
		if (tool.timeout() != null) {
			positive(key + ".timeout", tool.timeout());
		}
		exceptions(key + ".failures", tool.failures());
	}

	/**
	 * Binding does not look at the bounds of classes.
	 */
	private void exceptions(String key, List<? extends Class<?>> types) {
		types.stream()
			.filter((type) -> !Throwable.class.isAssignableFrom(type))
			.forEach((type) -> add(key, type.getName(), "a class of exceptions"));
	}

	private void breaker(String key, Breaker breaker) {
		if (breaker.failureRate() < 1 || breaker.failureRate() > 100) {
			add(key + ".failure-rate", breaker.failureRate(), "1 to 100");
		}
		atLeastOne(key + ".minimum-calls", breaker.minimumCalls());
		if (breaker.window().toSeconds() < 1) {
			add(key + ".window", breaker.window(), "a duration of at least a second");
		}
		positive(key + ".open-for", breaker.openFor());
	}

	private void name(String key, String name) {
		try {
			AgentPath.checkSegment(name);
		}
		catch (IllegalArgumentException ex) {
			add(key, name, "a name of 1 to %d characters without slash and white space"
				.formatted(AgentPath.MAX_SEGMENT_LENGTH));
		}
	}

	private void intensity(String key, int maxRestarts, Duration within) {
		if (maxRestarts < 0) {
			add(key + ".max-restarts", maxRestarts, "zero or more");
		}
		positive(key + ".within", within);
	}

	private void atLeastOne(String key, @Nullable Number value) {
		if (value != null && value.longValue() < 1) {
			add(key, value, "1 or more");
		}
	}

	private void zeroOrMore(String key, @Nullable Number value) {
		if (value != null && value.doubleValue() < 0) {
			add(key, value, "zero or more");
		}
	}

	private void notNegative(String key, @Nullable Duration value) {
		if (value != null && value.isNegative()) {
			add(key, value, "a duration of zero or more, such as 10s");
		}
	}

	private void positive(String key, Duration value) {
		if (value.isNegative() || value.isZero()) {
			add(key, value, "a duration of more than zero, such as 1m");
		}
	}

	private void add(String key, Object value, String allowed) {
		this.invalid.add(new InvalidSettingException.Setting(key, String.valueOf(value), allowed));
	}

}
