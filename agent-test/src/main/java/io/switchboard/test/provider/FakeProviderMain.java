package io.switchboard.test.provider;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link FakeProvider} as a process of its own, for load and for tests across
 * processes. Its first line of output is its port.
 * <p>
 * Options: {@code --port=0} (a free one) and
 * {@code --scenario=steady:tokens=40,pace=20ms,delay=0ms}, which answers every request by
 * a text that depends on its last user message alone. The other scenarios are
 * {@code echo}, {@code endless-tools:name=lookup} and {@code silence}.
 * <p>
 * Other processes drive it over HTTP: {@code POST /control/faults} with an object such as
 * {@code {"fault": "stall", "after": 3, "times": 2, "contains": "ORD-1"}}, or an array of
 * them, breaks the next answers to matching requests; {@code GET} and {@code DELETE} of
 * the same path count and forget them. The faults are {@code rate-limited} (with
 * {@code retryAfter} in seconds), {@code server-error}, {@code overloaded},
 * {@code context-length-exceeded}, {@code unauthorized}, {@code status} (any error before
 * the answer, with {@code status}, {@code type}, {@code code} and {@code message}),
 * {@code silence}, {@code stall}, {@code close}, {@code reset}, {@code malformed} (these
 * with {@code after} in tokens, and with {@code tokens} if those of the scenario will not
 * do), {@code error} (in the middle of an answer, with the fields of both kinds),
 * {@code unknown-tool}, {@code tool-call} (with {@code name} and {@code arguments}) and
 * {@code answer} (with {@code text} or {@code tokens}, and {@code finishReason}).
 * {@code PUT /control/scenario} with {@code {"scenario": "echo"}} changes the scenario,
 * {@code GET /control/exchanges} tells what became of the requests,
 * {@code GET /control/requests} what was in them, {@code GET /control/connections} how
 * many connections are open.
 *
 * @since 0.1.0
 */
public final class FakeProviderMain {

	private FakeProviderMain() {
	}

	/**
	 * Runs until the process is ended.
	 * @param args the options
	 */
	public static void main(String... args) {
		FakeProvider provider = run(System.out, System.err, args);
		if (provider == null) {
			System.exit(2);
			return;
		}
		CountDownLatch ended = new CountDownLatch(1);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			provider.close();
			ended.countDown();
		}));
		try {
			ended.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	static @Nullable FakeProvider run(PrintStream out, PrintStream err, String... args) {
		try {
			FakeProvider provider = start(args);
			out.println(provider.port());
			out.flush();
			return provider;
		}
		catch (RuntimeException ex) {
			err.println(ex.getMessage());
			return null;
		}
	}

	private static FakeProvider start(String... args) {
		int port = 0;
		String scenario = Scenario.DEFAULT;
		for (String arg : args) {
			if (arg.matches("--port=\\d{1,5}")) {
				port = Integer.parseInt(arg.substring("--port=".length()));
			}
			else if (arg.startsWith("--scenario=")) {
				scenario = arg.substring("--scenario=".length());
			}
			else {
				throw new IllegalArgumentException(
						"An option must be --port=NUMBER or --scenario=NAME:SETTINGS, but was '" + arg + "'");
			}
		}
		return FakeProvider.start(port).otherwise(Scenario.parse(scenario));
	}

}
