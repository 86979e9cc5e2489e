package io.switchboard.autoconfigure.diagnostics;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Explains how to write a duration, a size or a number, where Spring Boot only says that
 * this is none. Choices are left to Spring Boot, which lists them.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("switchboard");

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		if (property == null || !OURS.isAncestorOf(property.getName())) {
			return null;
		}
		ResolvableType type = cause.getTarget().getType();
		String allowed = allowed(single(type).resolve(Object.class));
		if (allowed == null) {
			return null;
		}
		return new FailureAnalysis(
				"A setting of the agents cannot be read:%n%n    - %s is '%s', allowed is %s%n%nIt is set in %s."
					.formatted(property.getName(), property.getValue(), allowed, property.getOrigin()),
				"Change the value, or leave the key out to get its default.", cause);
	}

	private static ResolvableType single(ResolvableType type) {
		return Collection.class.isAssignableFrom(type.resolve(Object.class)) ? type.asCollection().getGeneric() : type;
	}

	private static @Nullable String allowed(Class<?> type) {
		Class<?> boxed = ClassUtils.resolvePrimitiveIfNecessary(type);
		if (boxed == Duration.class) {
			return "a duration such as 500ms, 10s, 2m, 1h or PT10S";
		}
		if (boxed == DataSize.class) {
			return "a size such as 512B, 64KB or 1MB";
		}
		if (boxed == Integer.class || boxed == Long.class) {
			return "a whole number";
		}
		if (boxed == BigDecimal.class || boxed == Double.class) {
			return "a number such as 2 or 0.5";
		}
		if (boxed == Class.class) {
			return "the full name of a class that is there";
		}
		return (boxed == Boolean.class) ? "true or false" : null;
	}

}
