package io.switchboard.ai;

import io.switchboard.ai.tool.ToolFailedException;
import reactor.core.publisher.Mono;

import org.springframework.ai.tool.annotation.Tool;

/**
 * A tool for each way in which tools end.
 */
public final class LadderTools {

	/**
	 * Work.
	 * @return always the same
	 */
	@Tool
	public String lookup() {
		return "shipped";
	}

	/**
	 * Work, if the arguments fit.
	 * @param number needed
	 * @return always the same
	 */
	@Tool
	public String order(int number) {
		return "ordered";
	}

	/**
	 * Fail as a tool may.
	 * @return nothing
	 */
	@Tool
	public String fail() {
		throw new ToolFailedException("The shop is closed");
	}

	/**
	 * Take for ever.
	 * @return nothing
	 */
	@Tool
	public Mono<String> hang() {
		return Mono.never();
	}

	/**
	 * Break.
	 * @return nothing
	 */
	@Tool
	public String crash() {
		throw new IllegalStateException("Broken on purpose");
	}

}
