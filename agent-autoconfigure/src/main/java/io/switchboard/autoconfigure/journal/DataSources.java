package io.switchboard.autoconfigure.journal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.switchboard.autoconfigure.diagnostics.NearestName;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The application's databases, of which one may be the journal's.
 *
 * @param beanFactory has them
 */
record DataSources(ListableBeanFactory beanFactory) {

	private static final String KEY = "switchboard.journal.data-source";

	/**
	 * Choose one.
	 * @param name its bean name, or {@code null} if that was not said
	 * @return the database, or {@code null} if there is none
	 * @throws JournalSetupException if it is not clear which one is meant
	 */
	@Nullable JournalDatabase choose(@Nullable String name) {
		List<String> names = Arrays.asList(this.beanFactory.getBeanNamesForType(DataSource.class));
		if (name != null) {
			return named(name, names);
		}
		if (names.isEmpty()) {
			return null;
		}
		DataSource single = this.beanFactory.getBeanProvider(DataSource.class).getIfUnique();
		if (single == null) {
			throw new JournalSetupException(
					"The journal does not know which database to use:%n%n    - %s is not set. The DataSource beans are %s, and none of them is primary."
						.formatted(KEY, quoted(names)),
					"Name one of them, for example%n%n    %s: %s%n%nor mark one bean as @Primary, or set 'switchboard.journal.store' to 'memory'."
						.formatted(KEY, names.get(0)),
					null);
		}
		return new JournalDatabase(single, (names.size() != 1) ? "the primary DataSource" : describe(names.get(0)),
				() -> {
				});
	}

	private JournalDatabase named(String name, List<String> names) {
		if (!names.contains(name)) {
			throw new JournalSetupException(
					"The database of the journal is not there:%n%n    - %s is '%s'.%s %s".formatted(KEY, name,
							NearestName.question(name, names),
							names.isEmpty() ? "There is no DataSource bean."
									: "The DataSource beans are %s.".formatted(quoted(names))),
					names.isEmpty()
							? "Declare a DataSource bean of that name, or leave the key out to keep the journal in a file."
							: "Name one of them, for example%n%n    %s: %s".formatted(KEY, names.get(0)),
					null);
		}
		return new JournalDatabase(this.beanFactory.getBean(name, DataSource.class), describe(name), () -> {
		});
	}

	private static String describe(String name) {
		return "DataSource '%s'".formatted(name);
	}

	private static String quoted(List<String> names) {
		return names.stream().map((name) -> "'" + name + "'").collect(Collectors.joining(", "));
	}

}
