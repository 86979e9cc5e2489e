package io.switchboard.ai.turn;

import java.util.ArrayList;
import java.util.List;

import io.switchboard.supervision.InvalidSpecificationException;
import io.switchboard.supervision.InvalidSpecificationException.Problem;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.DefaultChatClient.DefaultChatClientRequestSpec;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;

/**
 * Refuses clients with advisors that agents would never run. Agents stream, and Spring AI
 * leaves out of a stream without a word what advises plain calls only, a guard as well.
 */
final class StreamingAdvisors {

	private StreamingAdvisors() {
	}

	/**
	 * Look at the advisors that a client has by default. Those of clients of unknown
	 * kinds are not seen.
	 * @param agent the agent's name
	 * @param clients its clients
	 * @throws InvalidSpecificationException naming all advisors that cannot stream
	 */
	static void check(String agent, List<ChatClient> clients) {
		List<Problem> problems = new ArrayList<>();
		clients.stream()
			.flatMap((client) -> advisors(client).stream())
			.filter((advisor) -> !(advisor instanceof StreamAdvisor))
			.distinct()
			.forEach((advisor) -> problems.add(problem(advisor)));
		if (!problems.isEmpty()) {
			throw new InvalidSpecificationException("model agent '" + agent + "'", problems);
		}
	}

	private static List<Advisor> advisors(ChatClient client) {
		return (client.prompt() instanceof DefaultChatClientRequestSpec known) ? known.getAdvisors() : List.of();
	}

	private static Problem problem(Advisor advisor) {
		return new Problem("client",
				("advisor '%s' (%s) advises calls only, and would be left out, because agents stream: "
						+ "let it implement StreamAdvisor or BaseAdvisor as well, or remove it from the client")
					.formatted(advisor.getName(), advisor.getClass().getName()));
	}

}
