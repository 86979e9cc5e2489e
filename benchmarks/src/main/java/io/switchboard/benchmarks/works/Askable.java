package io.switchboard.benchmarks.works;

/**
 * Agents that answer.
 */
public interface Askable {

	/**
	 * Begin to ask from outside.
	 * @param answers where the answers go
	 * @return asks one agent
	 */
	Asker asker(Answers answers);

	/**
	 * Asks an agent and does not wait.
	 */
	@FunctionalInterface
	interface Asker {

		void ask(int agent, long due);

	}

}
