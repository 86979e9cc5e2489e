package com.example.helpdesk.rehearsal;

import java.util.regex.Pattern;

import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * Plays a triage desk: names the kind of a message, then says why in one sentence. The
 * kind is always the first word of the answer, so that a program can read it.
 */
class TriageRules implements Rules {

	private static final Pattern TRIAGE = Pattern.compile("\\byou are\\b[^.]*\\btriage\\b", Pattern.CASE_INSENSITIVE);

	static boolean apply(String instructions) {
		return TRIAGE.matcher(instructions).find();
	}

	@Override
	public AssistantMessage reply(Conversation conversation) {
		String text = Category.of(conversation.question()).sentence();
		return new AssistantMessage(conversation.answeredBefore() ? text : text + " (" + DISCLOSURE + ")");
	}

}
