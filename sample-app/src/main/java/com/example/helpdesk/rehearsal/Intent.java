package com.example.helpdesk.rehearsal;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the user wants, guessed from the words. The first that fits wins, so the order is
 * from the particular to the general.
 */
enum Intent {

	RECALL_NAME("what('s| is| was) my name|who am i\\b|remember my name"),

	RECALL_ORDER("(what|which) (was|is) my order|which order"),

	RECALL("what did (i|we) (say|ask|tell|talk)|(do|can) you remember|what was that about"),

	PRICE("\\bprices?\\b|\\bhow much (is|are|does|do|for)\\b|\\bcosts?\\b"),

	RETURNS("\\brefund|\\breturn|\\bmoney back|\\bsend (it|them|this) back|\\bpolicy\\b"),

	CANCEL("\\bcancel"),

	ITEMS("what did i (order|buy)|what('s| is) in\\b|\\blist\\b|\\bitems?\\b|\\bshow (me )?my orders?"),

	STATUS("ord-\\d{4}|\\bmy (order|parcel|package)|\\bwhere('s| is)\\b|\\btrack|\\bdeliver|\\barrive|\\bstatus\\b"),

	INTRODUCTION("\\bmy name is\\b|\\bcall me\\b"),

	THANKS("\\bthanks?\\b|\\bthank you\\b"),

	GOODBYE("\\b(good)?bye\\b|\\bsee you\\b"),

	GREETING("\\b(hello|hi|hey)\\b|\\bgood (morning|afternoon|evening)\\b"),

	UNKNOWN("");

	private final Pattern words;

	Intent(String words) {
		this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
	}

	static Intent of(String text) {
		return Stream.of(values()).filter((intent) -> intent.words.matcher(text).find()).findFirst().orElse(UNKNOWN);
	}

}
