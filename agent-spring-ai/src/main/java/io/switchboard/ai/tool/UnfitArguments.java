package io.switchboard.ai.tool;

import java.util.List;

import tools.jackson.core.JacksonException;

/**
 * Tells arguments that do not fit a tool's parameters, which the model got wrong, from
 * errors of the tool. Spring AI reports both in the same way; who called the JSON mapper
 * shows which it was.
 */
final class UnfitArguments {

	private static final int DEEPEST = 4;

	private static final List<String> MAPPER = List.of("tools.jackson.", "org.springframework.ai.util.", "java.",
			"jdk.");

	private static final String ADAPTER = "org.springframework.ai.tool.";

	private static final String RESULT_ADAPTER = "org.springframework.ai.tool.execution.";

	private UnfitArguments() {
	}

	/**
	 * Decide what was at fault.
	 * @param ex what the call of a tool threw
	 * @return {@code true} if the tool was not reached because its arguments do not fit
	 */
	static boolean causedBy(Throwable ex) {
		Throwable current = ex;
		for (int depth = 0; depth < DEEPEST && current != null; depth++) {
			if (current instanceof JacksonException) {
				return isMappedByAdapter(current.getStackTrace());
			}
			current = current.getCause();
		}
		return false;
	}

	private static boolean isMappedByAdapter(StackTraceElement[] trace) {
		for (StackTraceElement frame : trace) {
			String type = frame.getClassName();
			if (MAPPER.stream().noneMatch(type::startsWith)) {
				return type.startsWith(ADAPTER) && !type.startsWith(RESULT_ADAPTER);
			}
		}
		return false;
	}

}
