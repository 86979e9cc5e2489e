package io.switchboard.benchmarks.http.app;

import java.util.Map;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The same by hand, without agents: a controller, a client, and a map of conversations.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = { "io.switchboard.autoconfigure.AgentSystemAutoConfiguration",
		"io.switchboard.autoconfigure.annotated.AnnotatedAgentAutoConfiguration",
		"io.switchboard.autoconfigure.chat.ConversationsAutoConfiguration",
		"io.switchboard.autoconfigure.chat.ModelAgentAutoConfiguration",
		"io.switchboard.autoconfigure.web.AgentWebAutoConfiguration" })
@Import(PlainController.class)
public class PlainApplication {

	/**
	 * Run the application.
	 * @param arguments settings of this run
	 */
	public static void main(String[] arguments) {
		AppUnderLoad.run(PlainApplication.class, Map.of(), arguments);
	}

}
