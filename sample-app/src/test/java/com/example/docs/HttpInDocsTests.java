package com.example.docs;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.example.helpdesk.HelpDeskApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpStatus;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.reactive.function.server.RouterFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the page about turns over HTTP has every request and every error.
 */
@SpringBootTest(classes = HelpDeskApplication.class)
class HttpInDocsTests {

	private static final String PAGE = Repository.text(Repository.path("docs/http.md"));

	@Autowired
	private RouterFunction<?> agentRoutes;

	@Test
	void everyRequestIsDocumented() {
		Matcher routes = Pattern.compile("\\(([A-Z]+) && (\\S+)\\)").matcher(this.agentRoutes.toString());

		assertThat(routes.results().map((route) -> "%s /agents%s".formatted(route.group(1), route.group(2))))
			.isNotEmpty()
			.containsExactlyInAnyOrderElementsOf(rows("`([A-Z]+ /agents[^`]+)`").keySet());
	}

	@Test
	void everyErrorIsDocumentedWithItsStatus() throws ClassNotFoundException {
		Map<String, String> errors = new TreeMap<>();
		for (Object type : Class.forName("io.switchboard.autoconfigure.web.ProblemType").getEnumConstants()) {
			HttpStatus status = ReflectionTestUtils.invokeMethod(type, "status");
			String id = ReflectionTestUtils.invokeMethod(type, "id");
			errors.put(Objects.requireNonNull(id), String.valueOf(Objects.requireNonNull(status).value()));
		}

		assertThat(rows("`([a-z-]+)` \\| (\\d{3})")).isEqualTo(errors);
	}

	private static Map<String, String> rows(String columns) {
		Matcher rows = Pattern.compile("^\\| %s \\|".formatted(columns), Pattern.MULTILINE).matcher(PAGE);
		return rows.results()
			.collect(Collectors.toMap((row) -> row.group(1), (row) -> (row.groupCount() > 1) ? row.group(2) : "",
					(first, second) -> first, TreeMap::new));
	}

}
