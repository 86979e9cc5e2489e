package io.switchboard.autoconfigure.annotated;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

import io.switchboard.AgentPath;
import io.switchboard.annotation.Agent;
import io.switchboard.autoconfigure.AgentSettings;
import io.switchboard.supervision.Restart;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;

/**
 * A bean of an annotated class.
 *
 * @param beanName the bean's name
 * @param type the class
 * @param annotation what the class says of itself
 */
record AnnotatedAgent(String beanName, Class<?> type, Agent annotation) {

	String name() {
		String given = this.annotation.name();
		return given.isEmpty() ? nameOf(this.type) : given;
	}

	private static String nameOf(Class<?> type) {
		String name = type.getSimpleName().replaceFirst("(?<=.)Agent$", "");
		return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

	int order() {
		return OrderUtils.getOrder(this.type, Ordered.LOWEST_PRECEDENCE);
	}

	/**
	 * The restart type the class asks for.
	 * @return the type, or {@code null} if it leaves it open
	 */
	@Nullable Restart restart() {
		Restart[] restart = this.annotation.restart();
		return (restart.length > 0) ? restart[0] : null;
	}

	/**
	 * The settings the class asks for.
	 * @param handlerTimeout the handler time-out if the class leaves it open
	 * @param problems takes what is wrong with them
	 * @return the settings
	 */
	AgentSettings settings(Duration handlerTimeout, Collection<String> problems) {
		if (this.annotation.restart().length > 1) {
			problems.add("@Agent of %s has restart = %s; at most one is allowed".formatted(this.type.getName(),
					Arrays.toString(this.annotation.restart())));
		}
		AgentSettings defaults = AgentSettings.defaults(checkedName(problems));
		return new AgentSettings(defaults.name(), this.annotation.supervisor(), this.annotation.perSession(),
				defaults.restart(), duration("shutdown", this.annotation.shutdown(), problems),
				this.annotation.handlerTimeout().isEmpty() ? handlerTimeout
						: duration("handlerTimeout", this.annotation.handlerTimeout(), problems),
				defaults.idleTimeout(), defaults.mailbox(), defaults.maxSessions(), defaults.version());
	}

	private String checkedName(Collection<String> problems) {
		try {
			AgentPath.checkSegment(name());
		}
		catch (IllegalArgumentException ex) {
			problems.add("@Agent of %s: %s".formatted(this.type.getName(), ex.getMessage()));
		}
		return name();
	}

	private Duration duration(String attribute, String text, Collection<String> problems) {
		try {
			Duration duration = DurationStyle.detectAndParse(text);
			if (!duration.isNegative()) {
				return duration;
			}
		}
		catch (IllegalArgumentException ex) {
			// Told below, together with what is allowed
		}
		problems.add("@Agent of %s has %s = \"%s\"; allowed is a duration of zero or more, such as \"10s\""
			.formatted(this.type.getName(), attribute, text));
		return AgentSettings.DEFAULT_SHUTDOWN;
	}

}
