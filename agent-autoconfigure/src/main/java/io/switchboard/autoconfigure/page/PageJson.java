package io.switchboard.autoconfigure.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what the page reads. It has a mapper of its own, because the page must not break
 * with the application's settings of its mapper.
 */
final class PageJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private PageJson() {
	}

	static String write(Object value) {
		return MAPPER.writeValueAsString(value);
	}

}
