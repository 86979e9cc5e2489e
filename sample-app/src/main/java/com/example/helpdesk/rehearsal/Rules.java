package com.example.helpdesk.rehearsal;

import org.springframework.ai.chat.messages.AssistantMessage;

/**
 * Decides what the model says next: an answer, or a request for tools. The same
 * conversation always gets the same reply.
 */
interface Rules {

	/**
	 * What the model says of itself in its first answer of a conversation.
	 */
	String DISCLOSURE = "I am a rehearsal model: rules, no neural network.";

	AssistantMessage reply(Conversation conversation);

	/**
	 * Choose the rules that the instructions ask for.
	 * @param conversation the conversation with its instructions
	 * @return the rules of a triage desk if the instructions say "You are … triage …",
	 * else those of the support desk
	 */
	static Rules of(Conversation conversation) {
		return TriageRules.apply(conversation.instructions()) ? new TriageRules() : new SupportRules();
	}

}
