package io.switchboard.autoconfigure.kills;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Each accepted turn has one outcome, which is what was asked for; what was said is kept
 * in the order in which it was said.
 */
record OutcomesCheck(History history, Complaints complaints) {

	void check() {
		Map<String, List<Sent>> sent = this.history.sent().stream().collect(Collectors.groupingBy(Sent::session));
		Map<String, List<Seen>> events = this.history.sessions();
		events.keySet()
			.forEach((session) -> this.complaints.addIf(!sent.containsKey(session), "Nobody has asked %s", session));
		sent.forEach((session, turns) -> check(session, turns, events.getOrDefault(session, List.of())));
		checkAnswers();
	}

	/**
	 * Also those that were asked for again with the same key.
	 */
	private void checkAnswers() {
		Map<String, List<Seen>> turns = this.history.turns();
		for (Answered answer : this.history.answers()) {
			boolean isTold = turns.getOrDefault(answer.turn(), List.of())
				.stream()
				.anyMatch((event) -> event.isCompletion() && event.text("answer").equals(answer.text()));
			this.complaints.addIf(!isTold || !Plan.labelOf(answer.text()).equals(answer.label()),
					"%s is not what readers are told", answer);
		}
	}

	private void check(String session, List<Sent> sent, List<Seen> events) {
		events.stream()
			.filter((event) -> event.isEnd() && !event.isCompletion())
			.forEach((event) -> this.complaints.addIf(true, "Nobody wanted this end: %s", event));
		List<Seen> ends = events.stream().filter(Seen::isCompletion).toList();
		Map<String, Sent> plans = sent.stream().collect(Collectors.toMap(Sent::label, Function.identity()));
		List<String> labels = new ArrayList<>();
		List<String> transcript = new ArrayList<>();
		for (Seen end : ends) {
			String answer = end.text("answer");
			Sent asked = plans.get(Plan.labelOf(answer));
			this.complaints.addIf(asked == null, "Nobody has asked for %s", end);
			if (asked != null) {
				this.complaints.addIf(labels.contains(asked.label()), "%s has ended twice: %s", asked.label(), end);
				this.complaints.addIf(!answer.equals(String.join("", asked.plan().answer(labels))),
						"%s is not the answer to %s after %s", end, asked, labels);
				labels.add(asked.label());
				transcript.add(asked.plan().text());
				transcript.add(answer);
			}
		}
		checkFates(sent, labels);
		checkOrder(labels.stream().map(plans::get).filter(Objects::nonNull).toList());
		List<String> told = this.history.transcripts().get(session);
		this.complaints.addIf(!transcript.equals(told), "The transcript of %s is %s and should be %s", session, told,
				transcript);
	}

	private void checkFates(List<Sent> sent, List<String> ended) {
		for (Sent turn : sent) {
			boolean isEnded = ended.contains(turn.label());
			switch (turn.fate()) {
				case ACCEPTED -> this.complaints.addIf(!isEnded, "%s was accepted and has no outcome", turn);
				case REFUSED -> this.complaints.addIf(isEnded, "%s was refused and has an outcome", turn);
				case UNKNOWN -> {
					// May have come through, or not
				}
			}
		}
	}

	private void checkOrder(List<Sent> ended) {
		for (int i = 0; i < ended.size(); i++) {
			for (Sent later : ended.subList(i + 1, ended.size())) {
				this.complaints.addIf(later.fate() == Sent.Fate.ACCEPTED && later.acceptedAt() < ended.get(i).sentAt(),
						"%s was accepted before %s was sent, and is answered after it", later, ended.get(i));
			}
		}
	}

}
