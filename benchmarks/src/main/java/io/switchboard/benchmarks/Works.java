package io.switchboard.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.switchboard.benchmarks.measurement.Figures;
import io.switchboard.benchmarks.measurement.ProcessReadings;
import io.switchboard.benchmarks.works.Abort;
import io.switchboard.benchmarks.works.Contender;
import io.switchboard.benchmarks.works.Parameters;
import io.switchboard.benchmarks.works.Work;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets one contender do one work, and prints what was measured as one line of JSON.
 */
public final class Works {

	private Works() {
	}

	/**
	 * Do one work.
	 * @param arguments the contender, the work, and parameters as {@code name=value}
	 */
	public static void main(String[] arguments) {
		try {
			if (arguments.length < 2) {
				throw new IllegalArgumentException("Usage: CONTENDER WORK [NAME=VALUE ...], such as: "
						+ "switchboard ask pairs=1000 m=1000000. Contenders are " + ContenderKind.labels());
			}
			ContenderKind kind = ContenderKind.of(arguments[0]);
			Work work = Work.of(arguments[1]);
			Parameters parameters = Parameters.of(List.of(arguments).subList(2, arguments.length),
					work.parameters(kind.parameters()));
			System.out.println(run(kind, work, parameters));
			// agents and timers may still be busy with what nobody waits for any more
			Runtime.getRuntime().halt(0);
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			Runtime.getRuntime().halt(2);
		}
		catch (Exception ex) {
			Abort.because(ex);
		}
	}

	private static String run(ContenderKind kind, Work work, Parameters parameters) throws InterruptedException {
		Contender contender = kind.contender(parameters);
		Figures figures = work.run(contender, parameters).add("hwm_kb", ProcessReadings.peakResidentKb());
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("anchor", kind.label());
		line.put("jdk", Runtime.version().feature());
		line.put("work", work.label());
		line.put("params", parameters.values());
		line.put("figures", figures.values());
		return JsonMapper.shared().writeValueAsString(line);
	}

}
