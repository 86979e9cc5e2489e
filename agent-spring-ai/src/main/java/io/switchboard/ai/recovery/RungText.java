package io.switchboard.ai.recovery;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Rungs as they are written in settings.
 */
final class RungText {

	private static final Pattern RUNG = Pattern.compile("([a-z-]+)\\s*(?:\\(([^()]*)\\))?");

	private static final String ALLOWED = "retry, retry(5), feedback, feedback(2), compact, compact(2), summarize, "
			+ "summarize(2), switch-model, "
			+ "options(temperature=0.2 max-tokens=500), restart, restart(2), restart-conversation, "
			+ "ask-human, give-up";

	private RungText() {
	}

	static Rung parse(String text) {
		Objects.requireNonNull(text, "'text' must not be null");
		Matcher matcher = RUNG.matcher(text.strip());
		if (!matcher.matches()) {
			throw unknown(text);
		}
		String given = matcher.group(2);
		return switch (matcher.group(1)) {
			case "retry" -> counted(text, given, Rung.Retry::new);
			case "feedback" -> counted(text, given, Rung.Feedback::new);
			case "compact" -> counted(text, given, Rung.Compact::new);
			case "summarize" -> counted(text, given, Rung.Summarize::new);
			case "restart" -> counted(text, given, Rung.Restart::new);
			case "switch-model" -> plain(text, given, new Rung.SwitchModel());
			case "restart-conversation" -> plain(text, given, new Rung.RestartConversation());
			case "ask-human" -> plain(text, given, new Rung.AskHuman());
			case "give-up" -> plain(text, given, new Rung.GiveUp());
			case "options" -> options(text, (given != null) ? given : "");
			default -> throw unknown(text);
		};
	}

	private static IllegalArgumentException unknown(String text) {
		return new IllegalArgumentException("There is no rung '%s': use one of %s".formatted(text, ALLOWED));
	}

	private static Rung counted(String text, @Nullable String times, IntFunction<Rung> rung) {
		try {
			return rung.apply((times != null) ? Integer.parseInt(times.strip()) : 1);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(
					"Rung '%s' needs a whole number in its parentheses, as in retry(5)".formatted(text), ex);
		}
	}

	private static Rung plain(String text, @Nullable String given, Rung rung) {
		if (given != null) {
			throw new IllegalArgumentException(
					"Rung '%s' takes nothing in parentheses: write %s".formatted(text, rung.id()));
		}
		return rung;
	}

	private static Rung options(String text, String given) {
		Map<String, String> values = new HashMap<>();
		for (String pair : given.strip().split("\\s+")) {
			int equals = pair.indexOf('=');
			if (equals < 0) {
				throw wrongOptions(text, null);
			}
			values.put(pair.substring(0, equals), pair.substring(equals + 1));
		}
		String temperature = values.remove("temperature");
		String maxTokens = values.remove("max-tokens");
		if (!values.isEmpty()) {
			throw wrongOptions(text, null);
		}
		try {
			return new Rung.ChangeOptions((temperature != null) ? Double.valueOf(temperature) : null,
					(maxTokens != null) ? Integer.valueOf(maxTokens) : null);
		}
		catch (NumberFormatException ex) {
			throw wrongOptions(text, ex);
		}
	}

	private static IllegalArgumentException wrongOptions(String text, @Nullable Throwable cause) {
		return new IllegalArgumentException(
				"Rung '%s' needs options as in options(temperature=0.2 max-tokens=500)".formatted(text), cause);
	}

	static void check(String id, int times) {
		if (times < 1) {
			throw new IllegalArgumentException(
					"Rung '%s' is to be done %d times: at least 1 is needed".formatted(id, times));
		}
	}

}
