package com.example.helpdesk.rehearsal;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kinds of messages that a triage desk tells apart. The first that fits wins.
 */
enum Category {

	BILLING("\\brefund|\\breturn|\\bmoney|\\binvoice|\\bcharge|\\bbill|\\bpa(y|id)|\\bcredit card",
			"it is about money"),

	PRODUCT("\\bprice|\\bhow much\\b|\\bcosts?\\b|\\bproduct|\\bbroken\\b|\\bwarranty\\b|\\bin stock\\b|\\bsell\\b",
			"it is about what the shop sells"),

	SHIPPING("ord-\\d{4}|\\border|\\bparcel|\\bpackage|\\bdeliver|\\bshipp|\\barrive|\\btrack|\\bcancel",
			"it is about an order on its way"),

	OTHER("", "no word in it names money, a product or an order");

	private final Pattern words;

	private final String reason;

	Category(String words, String reason) {
		this.words = Pattern.compile(words, Pattern.CASE_INSENSITIVE);
		this.reason = reason;
	}

	static Category of(String text) {
		return Stream.of(values()).filter((category) -> category.words.matcher(text).find()).findFirst().orElse(OTHER);
	}

	String sentence() {
		return "%s: %s.".formatted(name().toLowerCase(Locale.ROOT), this.reason);
	}

}
