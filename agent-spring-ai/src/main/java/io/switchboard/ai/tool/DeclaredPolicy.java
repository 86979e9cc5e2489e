package io.switchboard.ai.tool;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Reads {@link ToolPolicy}.
 */
final class DeclaredPolicy {

	private DeclaredPolicy() {
	}

	static ToolDeclaration of(Method method) {
		ToolPolicy policy = AnnotatedElementUtils.findMergedAnnotation(method, ToolPolicy.class);
		if (policy == null) {
			return ToolDeclaration.none();
		}
		return new ToolDeclaration(timeout(policy, method), policy.idempotent(), policy.needsApproval(),
				Set.of(policy.failures()));
	}

	private static @Nullable Duration timeout(ToolPolicy policy, Method method) {
		String text = policy.timeout();
		if (text.isBlank()) {
			return null;
		}
		try {
			return ToolTraits
				.checkTimeout(DurationFormatterUtils.detectAndParse(text.strip(), DurationFormat.Unit.MILLIS));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"@ToolPolicy of %s has the time-out '%s': give a time of more than zero, such as 500ms, 5s or 2m"
						.formatted(method, text),
					ex);
		}
	}

}
