package io.switchboard.autoconfigure.chat;

import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Decides which chat model an agent calls.
 *
 * @param candidates the chat models there are
 */
record ChatModelChoice(List<Candidate> candidates) {

	/** Stands for the model that is meant if none is named. */
	static final String DEFAULT = "default";

	/**
	 * Choose a model.
	 * @param requested the name that was asked for, or {@code null} if none was
	 * @return the bean's name, or {@code null} if there is no such bean, or several and
	 * none stands out
	 */
	@Nullable String choose(@Nullable String requested) {
		if (requested != null && names().contains(requested)) {
			return requested;
		}
		return (requested == null || requested.equals(DEFAULT)) ? standsOut() : null;
	}

	private @Nullable String standsOut() {
		String primary = single(Candidate::primary);
		if (primary != null) {
			return primary;
		}
		String single = single((candidate) -> true);
		return (single != null) ? single : single((candidate) -> !candidate.fallback());
	}

	private @Nullable String single(Predicate<Candidate> condition) {
		List<String> names = this.candidates.stream().filter(condition).map(Candidate::name).toList();
		return (names.size() == 1) ? names.get(0) : null;
	}

	List<String> names() {
		return this.candidates.stream().map(Candidate::name).toList();
	}

	/**
	 * A chat model bean.
	 *
	 * @param name the bean's name
	 * @param primary whether it is preferred to others
	 * @param fallback whether others are preferred to it
	 */
	record Candidate(String name, boolean primary, boolean fallback) {

	}

}
