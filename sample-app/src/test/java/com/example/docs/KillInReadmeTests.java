package com.example.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import com.example.docs.Page.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the process can be killed where the README kills it, and that what it says
 * of the next process holds.
 */
@EnabledIf("com.example.docs.Shell#isThere")
class KillInReadmeTests {

	private static final Predicate<ShownEvent> COMPLETED = (event) -> event.type().equals("turn-completed");

	@TempDir
	private Path journal;

	@Test
	void turnGoesOnInTheNextProcessAsTheReadmeSays() throws IOException {
		List<Block> blocks = Repository.page("README.md").blocks();
		int first = first(blocks);
		String begin = blocks.get(first)
			.text()
			.lines()
			.takeWhile((line) -> !line.startsWith("kill"))
			.collect(Collectors.joining("\n"));
		ShownEvent seenLast = shown(blocks.get(first + 1)).get(0);
		String readOn = blocks.get(first + 2).text();
		List<ShownEvent> shownAfterwards = shown(blocks.get(first + 3));
		List<ShownEvent> seen;
		List<ShownEvent> after;
		List<ShownEvent> again;

		try (HelpDeskProcess helpDesk = new HelpDeskProcess(this.journal)) {
			try (ShellStream stream = new ShellStream(begin, helpDesk.port())) {
				seen = ShownEvent.read(stream.output(), (event) -> event.id() == seenLast.id());
				helpDesk.kill();
			}
			helpDesk.startAgain();
			try (ShellStream stream = new ShellStream(readOn, helpDesk.port())) {
				after = ShownEvent.read(stream.output(), COMPLETED);
			}
			try (ShellStream stream = new ShellStream(begin, helpDesk.port())) {
				again = ShownEvent.read(stream.output(), COMPLETED);
			}
		}

		assertThat(seen.get(seen.size() - 1).ofAnyTurn()).isEqualTo(seenLast.ofAnyTurn());
		List<ShownEvent> all = new ArrayList<>(seen);
		all.addAll(after);
		assertThat(all).extracting(ShownEvent::id)
			.containsExactlyElementsOf(LongStream.rangeClosed(1, all.size()).boxed().toList());
		assertThat(all).extracting(ShownEvent::type).containsOnlyOnce("tool-call", "tool-result", "recovering");
		List<ShownEvent> anew = after.stream().dropWhile((event) -> event.type().equals("token")).toList();
		assertThat(anew).extracting(KillInReadmeTests::withoutNumber)
			.startsWith(shownAfterwards.stream().map(KillInReadmeTests::withoutNumber).toArray(ShownEvent[]::new));
		assertThat(anew.get(anew.size() - 1).data()).contains("\"answer\":\"%s\"".formatted(text(anew)));
		assertThat(again).isEqualTo(all);
	}

	private static int first(List<Block> blocks) {
		for (int i = 0; i < blocks.size(); i++) {
			if (blocks.get(i).language().equals("sh") && blocks.get(i).text().contains("kill -9")) {
				return i;
			}
		}
		throw new IllegalStateException("The README kills nothing");
	}

	private static List<ShownEvent> shown(Block block) throws IOException {
		return ShownEvent.read(new BufferedReader(new StringReader(block.text())), (event) -> false);
	}

	/** The process may have told something that nobody had seen when it was killed. */
	private static ShownEvent withoutNumber(ShownEvent event) {
		return new ShownEvent(0, event.type(), event.ofAnyTurn().data());
	}

	private static String text(List<ShownEvent> events) {
		return events.stream()
			.filter((event) -> event.type().equals("token"))
			.map((event) -> event.data().replaceAll(".*\"text\":\"(.*)\"}", "$1"))
			.collect(Collectors.joining());
	}

}
