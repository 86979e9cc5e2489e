package io.switchboard.benchmarks.comparison;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * What one process has measured, and what the machine was like meanwhile.
 *
 * @param done the case
 * @param entry who did it
 * @param repetition in which repetition
 * @param figures what it has printed, or a missing node if it has failed
 * @param wallSeconds how long the process took
 * @param foreign which share of the machine somebody else has used
 */
record Run(Case done, Entry entry, int repetition, JsonNode figures, double wallSeconds, double foreign) {

	boolean isOk() {
		return !this.figures.isMissingNode();
	}

	/**
	 * One figure.
	 * @param name its name, with that of its group before a dot
	 * @return the figure, or not a number if there is none
	 */
	double figure(String name) {
		return this.figures.at("/" + name.replace('.', '/')).asDouble(Double.NaN);
	}

	Map<String, Object> asLine() {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("case", this.done.name());
		line.put("entry", this.entry.label());
		line.put("command", this.done.command(this.entry));
		line.put("jvm", (this.done.jvmOptions() + " " + this.entry.jvmOptions()).strip());
		line.put("jdk", Runtime.version().toString());
		line.put("repetition", this.repetition);
		line.put("ok", isOk());
		line.put("wall_s", this.wallSeconds);
		line.put("foreign", this.foreign);
		line.put("figures", this.figures);
		return line;
	}

}
