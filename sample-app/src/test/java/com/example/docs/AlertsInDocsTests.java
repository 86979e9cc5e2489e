package com.example.docs;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that whoever is called by an alert finds in the documentation what to do.
 */
class AlertsInDocsTests {

	private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

	private static final Pattern METRIC = Pattern.compile("\\bswitchboard_\\w+");

	private final String alerts = Repository.text(Repository.path("docs/monitoring/alerts.yml"));

	@Test
	void everyAlertIsExplained() {
		Set<String> explained = Pattern.compile("^### (Switchboard\\w+)$", Pattern.MULTILINE)
			.matcher(Repository.text(Repository.path("docs/operations.md")))
			.results()
			.map((heading) -> heading.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> defined = new TreeSet<>();
		Matcher names = ALERT.matcher(this.alerts);
		while (names.find()) {
			defined.add(names.group(1));
			assertThat(this.alerts).contains("runbook: docs/operations.md#" + names.group(1).toLowerCase(Locale.ROOT));
		}

		assertThat(defined).isNotEmpty().isEqualTo(explained);
	}

	/**
	 * Prometheus adds the unit and what it is to the name.
	 */
	@Test
	void alertsAndDashboardAskForMetersThatAreDocumented() {
		Set<String> documented = Pattern.compile("^\\| `(switchboard\\.[^`]+)`", Pattern.MULTILINE)
			.matcher(Repository.text(Repository.path("docs/metrics.md")))
			.results()
			.map((row) -> row.group(1).replace('.', '_'))
			.collect(Collectors.toSet());
		Matcher asked = METRIC
			.matcher(this.alerts + Repository.text(Repository.path("docs/monitoring/grafana/switchboard.json")));

		while (asked.find()) {
			assertThat(documented)
				.contains(asked.group().replaceAll("(_seconds)?(_total|_g?count|_sum|_bucket)?$", ""));
		}
	}

}
