package com.example.docs;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.switchboard.ai.failure.FailureClass;
import io.switchboard.ai.recovery.RecoveryPolicy;
import io.switchboard.ai.recovery.Rung;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page about recovery has every class of failure, and its default ladder.
 */
class RecoveryInDocsTests {

	private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| [^|]+ \\|(?: (.+))? \\|$",
			Pattern.MULTILINE);

	@Test
	void everyClassIsDocumentedWithItsDefaultLadder() {
		String page = Repository.text(Repository.path("docs/recovery.md"));
		Matcher rows = ROW.matcher(page.substring(0, page.indexOf("## Rungs")));
		Map<String, String> documented = new TreeMap<>();
		while (rows.find()) {
			documented.put(rows.group(1), (rows.group(2) != null) ? rows.group(2) : "");
		}

		assertThat(documented).containsExactlyEntriesOf(new TreeMap<>(Arrays.stream(FailureClass.values())
			.collect(Collectors.toMap(FailureClass::id, RecoveryInDocsTests::ladder))));
	}

	private static String ladder(FailureClass failure) {
		return RecoveryPolicy.defaults()
			.ladder(failure)
			.rungs()
			.stream()
			.map(RecoveryInDocsTests::text)
			.collect(Collectors.joining(", "));
	}

	private static String text(Rung rung) {
		boolean counted = rung.times() > 1 && !(rung instanceof Rung.SwitchModel);
		return "`" + rung.id() + (counted ? "(" + rung.times() + ")" : "") + "`";
	}

}
