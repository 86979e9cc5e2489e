package io.switchboard.benchmarks.comparison;

import java.util.List;

/**
 * What is to be run.
 *
 * @param quick the smaller works, compared with stored ratios
 * @param store whether to store the ratios of the smaller works instead
 * @param list only say what would be run
 * @param beam whether the BEAM does the works, too
 * @param repetitions how often each work is done
 * @param only parts of names of cases, or none for all cases
 */
record Options(boolean quick, boolean store, boolean list, boolean beam, int repetitions, List<String> only) {

	static final String USAGE = """
			Usage: run-works [--quick [--store]] [--list] [--beam] [--repetitions=N] [--only=PART,PART...]

			  --quick        smaller works, under five minutes, compared with the stored ratios
			  --store        with --quick: store the ratios instead
			  --list         say what would be run, and with what
			  --beam         let the BEAM do the works, too; needs Erlang/OTP and Elixir
			  --repetitions  how often each work is done, default 3
			  --only         the cases whose name contains one of these parts
			""";

	private static final int DEFAULT_REPETITIONS = 3;

	static Options of(String... arguments) {
		boolean quick = false;
		boolean store = false;
		boolean list = false;
		boolean beam = false;
		int repetitions = DEFAULT_REPETITIONS;
		List<String> only = List.of();
		for (String argument : arguments) {
			if (argument.equals("--quick")) {
				quick = true;
			}
			else if (argument.equals("--store")) {
				store = true;
			}
			else if (argument.equals("--list")) {
				list = true;
			}
			else if (argument.equals("--beam")) {
				beam = true;
			}
			else if (argument.matches("--repetitions=[1-9][0-9]?")) {
				repetitions = Integer.parseInt(valueOf(argument));
			}
			else if (argument.matches("--only=.+")) {
				only = List.of(valueOf(argument).split(","));
			}
			else {
				throw new IllegalArgumentException("'%s' means nothing here.%n%n%s".formatted(argument, USAGE));
			}
		}
		if (store && (!quick || !only.isEmpty())) {
			throw new IllegalArgumentException("'--store' keeps the ratios of all of '--quick'.\n\n" + USAGE);
		}
		return new Options(quick, store, list, beam, repetitions, only);
	}

	private static String valueOf(String argument) {
		return argument.substring(argument.indexOf('=') + 1);
	}

	/**
	 * How long to wait for a quiet machine before each run.
	 * @return seconds
	 */
	int patience() {
		return this.quick ? 2 : 8;
	}

	List<Case> cases() {
		return (this.quick ? Cases.quick() : Cases.full()).stream()
			.filter((done) -> this.only.isEmpty() || this.only.stream().anyMatch(done.name()::contains))
			.map((done) -> this.beam ? done.withBeam() : done)
			.toList();
	}

}
