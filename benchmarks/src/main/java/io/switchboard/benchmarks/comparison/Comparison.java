package io.switchboard.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import tools.jackson.databind.json.JsonMapper;

/**
 * Runs works again and again, entry by entry in each repetition, so that all of them meet
 * the same machine, and says how they compare.
 */
public final class Comparison {

	private static final double NOISY = 0.15;

	private final Options options;

	private final Results results = new Results();

	private Comparison(Options options) {
		this.options = options;
	}

	/**
	 * Compare, from the folder of the benchmarks.
	 * @param arguments as {@link Options#USAGE} says
	 * @throws IOException if nothing can be run or written
	 * @throws InterruptedException if the process is to end
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		if (List.of(arguments).contains("--help")) {
			System.out.print(Options.USAGE);
			return;
		}
		try {
			System.exit(new Comparison(Options.of(arguments)).run());
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.exit(2);
		}
	}

	private int run() throws IOException, InterruptedException {
		List<Case> cases = this.options.cases();
		if (this.options.list()) {
			cases.forEach((done) -> done.entries()
				.forEach((entry) -> System.out.printf("%-20s %-20s %s   (%s %s)%n", done.name(), entry.label(),
						done.command(entry), done.jvmOptions(), entry.jvmOptions())));
			return 0;
		}
		runAll(cases);
		LocalDate today = LocalDate.now(ZoneId.systemDefault());
		System.out.println();
		new Report(this.results, today).lines(cases).forEach(System.out::println);
		boolean allOk = this.results.runs().allMatch(Run::isOk);
		boolean good = !this.options.quick() || judge(cases, today);
		return (allOk && good) ? 0 : 1;
	}

	private void runAll(List<Case> cases) throws IOException, InterruptedException {
		Path directory = Files.createDirectories(Path.of("target", "works"));
		String now = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
			.format(LocalDateTime.now(ZoneId.systemDefault()));
		Path lines = directory.resolve(now + ".jsonl");
		Runner runner = new Runner(directory, this.options.patience());
		for (int repetition = 1; repetition <= this.options.repetitions(); repetition++) {
			for (Case done : cases) {
				for (Entry entry : done.entries()) {
					Run run = runUnlessNoisy(runner, done, entry, repetition);
					this.results.add(run);
					Files.writeString(lines, JsonMapper.shared().writeValueAsString(run.asLine()) + "\n",
							StandardOpenOption.CREATE, StandardOpenOption.APPEND);
				}
			}
		}
		System.out.println("\nEvery run is a line of " + lines.toAbsolutePath());
	}

	/**
	 * Run, and run once more if others have used much of the machine meanwhile. The quick
	 * works are to end soon and take what they get.
	 */
	private Run runUnlessNoisy(Runner runner, Case done, Entry entry, int repetition)
			throws IOException, InterruptedException {
		Run run = runner.run(done, entry, repetition);
		say(run);
		if (run.foreign() > NOISY && !this.options.quick()) {
			run = runner.run(done, entry, repetition);
			say(run);
		}
		return run;
	}

	private static void say(Run run) {
		System.out.printf(Locale.ROOT, "%d %-20s %-20s %s %5.1f s, others used %.2f of the machine%n", run.repetition(),
				run.done().name(), run.entry().label(), run.isOk() ? "ok    " : "FAILED", run.wallSeconds(),
				run.foreign());
	}

	private boolean judge(List<Case> cases, LocalDate today) throws IOException {
		StoredRatios stored = new StoredRatios(Path.of("ratios.json"));
		if (this.options.store()) {
			stored.store(this.results, cases, today);
			System.out.println("\nThe ratios are stored in ratios.json");
			return true;
		}
		if (!stored.exist()) {
			System.out.println(
					"\nThere are no ratios to compare with: store some with --quick --store, " + "on a quiet machine");
			return true;
		}
		List<String> worse = stored.worse(this.results, cases);
		System.out.println(worse.isEmpty() ? "\nNothing got worse." : "\nWorse than it was:");
		worse.forEach((sentence) -> System.out.println("- " + sentence));
		return worse.isEmpty();
	}

}
