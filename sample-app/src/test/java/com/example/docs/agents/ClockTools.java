package com.example.docs.agents;

import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import org.springframework.stereotype.Component;

/**
 * Shows tools that are methods.
 */
// tag::tools[]
@Component
class ClockTools {

	@Tool(description = "The current time in a time zone")
	String currentTime(@ToolParam(description = "Time zone, such as Europe/Vienna") String zone) {
		return ZonedDateTime.now(ZoneId.of(zone)).toString();
	}

}
// end::tools[]
