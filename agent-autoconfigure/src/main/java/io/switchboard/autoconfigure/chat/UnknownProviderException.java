package io.switchboard.autoconfigure.chat;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.switchboard.autoconfigure.diagnostics.AgentSetupException;
import io.switchboard.autoconfigure.diagnostics.NearestName;

/**
 * Settings are given for providers of chat models that do not exist.
 */
final class UnknownProviderException extends AgentSetupException {

	private static final long serialVersionUID = 1L;

	/**
	 * Report the settings.
	 * @param unknown the names that settings are given for
	 * @param models the chat models there are
	 */
	UnknownProviderException(Collection<String> unknown, List<String> models) {
		super("Providers have settings, but there is no ChatModel bean of their name:%n%n%s%n%n%s".formatted(
				unknown.stream()
					.map((name) -> "    - switchboard.providers.%s.%s".formatted(name,
							NearestName.question(name, models)))
					.collect(Collectors.joining(System.lineSeparator())),
				models.isEmpty() ? "There is no ChatModel bean."
						: "The ChatModel beans are %s.".formatted(
								models.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", ")))),
				"Use the bean name of a ChatModel, or remove the settings.");
	}

}
