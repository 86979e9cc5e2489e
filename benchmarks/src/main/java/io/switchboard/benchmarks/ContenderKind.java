package io.switchboard.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import io.switchboard.benchmarks.pekko.PekkoContender;
import io.switchboard.benchmarks.switchboard.SwitchboardContender;
import io.switchboard.benchmarks.works.Contender;
import io.switchboard.benchmarks.works.Parameters;

/**
 * Who can do the works.
 */
enum ContenderKind {

	SWITCHBOARD(SwitchboardContender::new, SwitchboardContender.PARAMETERS),

	PEKKO(PekkoContender::new, PekkoContender.PARAMETERS);

	private final Function<Parameters, Contender> factory;

	private final Set<String> parameters;

	ContenderKind(Function<Parameters, Contender> factory, Set<String> parameters) {
		this.factory = factory;
		this.parameters = parameters;
	}

	static ContenderKind of(String name) {
		return Arrays.stream(values())
			.filter((kind) -> kind.label().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no contender '%s', there are %s".formatted(name, labels())));
	}

	static List<String> labels() {
		return Arrays.stream(values()).map(ContenderKind::label).toList();
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	Set<String> parameters() {
		return this.parameters;
	}

	Contender contender(Parameters of) {
		return this.factory.apply(of);
	}

}
