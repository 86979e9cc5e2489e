package com.example.docs;

import java.util.List;
import java.util.regex.Pattern;

import com.example.docs.Page.Block;
import com.example.helpdesk.HelpDeskApplication;
import io.switchboard.runtime.AgentSystem;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that each command of the README's walk prints what the README says it prints.
 */
@EnabledIf("com.example.docs.Shell#isThere")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@SpringBootTest(classes = HelpDeskApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "helpdesk.rehearsal.words-per-second=0", "spring.application.name=walk-in-readme" })
class WalkInReadmeTests {

	private static final Pattern TURN = Pattern.compile("\"turn\": ?\"([\\w-]{22})\"");

	@LocalServerPort
	private int port;

	@Autowired
	private AgentSystem system;

	@Test
	@Order(1)
	void treeIsThatOfTheReadme() {
		assertThat(Repository.page("README.md").blocks("text")).extracting((block) -> block.text().strip())
			.contains("Agents are up:\n" + this.system.tree().render());
	}

	@Test
	@Order(2)
	void everyCommandPrintsWhatTheReadmeSays() {
		List<Block> blocks = Repository.page("README.md").blocks();
		int commands = 0;
		String turn = "";
		for (int i = 0; i + 1 < blocks.size(); i++) {
			Block command = blocks.get(i);
			Block output = blocks.get(i + 1);
			if (command.language().equals("sh") && command.text().startsWith("curl -s")) {
				String printed = Shell.run(command.text().replace("TURN", turn), this.port);
				assertThat(comparable(output.language(), printed)).as(output.origin())
					.isEqualTo(comparable(output.language(), output.text()));
				turn = lastTurn(printed, turn);
				commands++;
			}
		}
		assertThat(commands).as("commands of the walk").isGreaterThanOrEqualTo(11);
	}

	private static String lastTurn(String printed, String before) {
		return TURN.matcher(printed).results().map((result) -> result.group(1)).reduce(before, (first, last) -> last);
	}

	/**
	 * Ids of turns and times are others in each walk.
	 */
	private static Object comparable(String language, String output) {
		String text = output.replaceAll("(\"turn\": ?)\"[\\w-]{22}\"", "$1\"a turn\"")
			.replaceAll("(\"(?:at|since)\": ?)\"[\\dTZ:.-]+\"", "$1\"a time\"")
			.strip();
		return language.equals("json") ? JsonMapper.shared().readTree(text) : text;
	}

}
