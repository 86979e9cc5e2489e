package com.example.docs.reports;

import java.util.regex.Pattern;

import io.switchboard.report.Sanitizer;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

// tag::masking[]
@Configuration(proxyBeanMethods = false)
class MaskingConfiguration {

	private static final Pattern CARD_NUMBER = Pattern.compile("\\d{4}( ?\\d{4}){3}");

	@Bean
	Sanitizer sanitizer() {
		return Sanitizer.rewriting((text) -> CARD_NUMBER.matcher(text).replaceAll("(card)"));
	}

}
// end::masking[]
