package io.switchboard.test.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a provider in a process of its own answers: a name and its settings, such as
 * {@code steady:tokens=40,pace=20ms,delay=0ms}.
 */
final class Scenario {

	static final String DEFAULT = "steady:tokens=40,pace=20ms,delay=0ms";

	private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

	private static final Map<String, Set<String>> SETTINGS = new TreeMap<>(
			Map.of("steady", Set.of("tokens", "pace", "delay"), "echo", Set.of("pace", "delay"), "endless-tools",
					Set.of("name", "pace", "delay"), "silence", Set.of()));

	private static final String[] WORDS = { "line", "call", "trunk", "relay", "exchange", "dial", "tone", "jack",
			"board", "plug", "signal", "circuit", "operator", "bell", "copper", "office" };

	private final Map<String, String> settings;

	private Scenario(Map<String, String> settings) {
		this.settings = settings;
	}

	static Function<ChatRequest, Reply> parse(String text) {
		String[] parts = text.split(":", 2);
		Set<String> allowed = SETTINGS.get(parts[0]);
		if (allowed == null) {
			throw new IllegalArgumentException("'scenario' must be one of " + SETTINGS.keySet()
					+ ", settings after a colon as in " + DEFAULT + ", but was '" + text + "'");
		}
		Map<String, String> settings = new TreeMap<>();
		for (String setting : (parts.length == 1) ? new String[0] : parts[1].split(",")) {
			String[] pair = setting.split("=", 2);
			if (pair.length != 2 || !allowed.contains(pair[0])) {
				throw new IllegalArgumentException("A setting of scenario '" + parts[0]
						+ "' must be name=value with a name of " + allowed + ", but was '" + setting + "'");
			}
			settings.put(pair[0], pair[1]);
		}
		return new Scenario(settings).replies(parts[0]);
	}

	private Function<ChatRequest, Reply> replies(String name) {
		Duration pace = duration("pace", "20ms");
		Duration delay = duration("delay", "0ms");
		int tokens = number("tokens", "40");
		return (request) -> switch (name) {
			case "silence" -> Reply.silence();
			case "echo" -> Reply.answer(request.lastUserText()).withPace(pace).withDelay(delay);
			case "endless-tools" -> Reply.toolCall(toolName(request), "{}").withPace(pace).withDelay(delay);
			default -> Reply.answer(text(request, tokens)).withPace(pace).withDelay(delay);
		};
	}

	/**
	 * A text that depends on the question alone, so that a repeated call can be told from
	 * a lost one.
	 */
	private static String text(ChatRequest request, int tokens) {
		int start = Math.floorMod(request.lastUserText().hashCode(), WORDS.length);
		return IntStream.range(start, start + tokens)
			.mapToObj((index) -> WORDS[index % WORDS.length])
			.reduce((left, right) -> left + " " + right)
			.orElse("");
	}

	private String toolName(ChatRequest request) {
		String offered = request.toolNames().isEmpty() ? "lookup" : request.toolNames().get(0);
		return this.settings.getOrDefault("name", offered);
	}

	private int number(String name, String otherwise) {
		String value = this.settings.getOrDefault(name, otherwise);
		if (!value.matches("\\d{1,6}")) {
			throw new IllegalArgumentException("'" + name + "' must be 0 to 999999, but was '" + value + "'");
		}
		return Integer.parseInt(value);
	}

	private Duration duration(String name, String otherwise) {
		String value = this.settings.getOrDefault(name, otherwise);
		Matcher matcher = DURATION.matcher(value);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"'" + name + "' must be a duration such as 20ms, 2s or 1m, but was '" + value + "'");
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2)) {
			case "ms" -> Duration.ofMillis(amount);
			case "s" -> Duration.ofSeconds(amount);
			default -> Duration.ofMinutes(amount);
		};
	}

}
