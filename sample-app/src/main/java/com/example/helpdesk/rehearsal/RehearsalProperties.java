package com.example.helpdesk.rehearsal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * Settings of the rehearsal model.
 *
 * @param wordsPerSecond how fast answers are streamed; 0 for as fast as possible
 */
@ConfigurationProperties("helpdesk.rehearsal")
public record RehearsalProperties(@DefaultValue("35") int wordsPerSecond) {

	public RehearsalProperties {
		Assert.isTrue(wordsPerSecond >= 0 && wordsPerSecond <= 1000,
				() -> "helpdesk.rehearsal.words-per-second is %d: set it to 0 (no waiting) or to 1 to 1000"
					.formatted(wordsPerSecond));
	}

}
