package io.switchboard.autoconfigure.faults;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.management.JMException;
import javax.management.ObjectName;

import org.jspecify.annotations.Nullable;

/**
 * What lives on the heap after a collection: the only view of the runtime's own memory
 * that no part of it has to grant.
 *
 * @param bytes how much there is in all
 * @param own the objects of the project's classes, tests excluded, by class
 */
record LiveObjects(long bytes, Map<String, Long> own) {

	private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

	private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

	private static final String TESTS = LiveObjects.class.getPackageName();

	static LiveObjects count() {
		long bytes = 0;
		Map<String, Long> own = new TreeMap<>();
		for (String line : histogram().lines().toList()) {
			Matcher total = TOTAL.matcher(line);
			Matcher each = LINE.matcher(line);
			if (total.matches()) {
				bytes = Long.parseLong(total.group(1));
			}
			else if (each.matches() && each.group(2).startsWith("io.switchboard.")
					&& !each.group(2).startsWith(TESTS)) {
				own.put(each.group(2), Long.parseLong(each.group(1)));
			}
		}
		return new LiveObjects(bytes, own);
	}

	/**
	 * Write the heap down, for whoever looks for what keeps an object.
	 * @param file where to; nowhere if {@code null}
	 */
	static void dump(@Nullable String file) {
		if (file != null) {
			invoke("com.sun.management:type=HotSpotDiagnostic", "dumpHeap", new Object[] { file, true },
					String.class.getName(), boolean.class.getName());
		}
	}

	private static String histogram() {
		return (String) invoke("com.sun.management:type=DiagnosticCommand", "gcClassHistogram",
				new Object[] { new String[0] }, String[].class.getName());
	}

	private static Object invoke(String bean, String operation, Object[] arguments, String... types) {
		try {
			return ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName(bean), operation, arguments, types);
		}
		catch (JMException ex) {
			throw new IllegalStateException("This JVM does not show its objects", ex);
		}
	}

	/**
	 * What there is more of than before.
	 * @param before what there was
	 * @return how many more, by class
	 */
	Map<String, Long> since(LiveObjects before) {
		Map<String, Long> result = new LinkedHashMap<>();
		this.own.forEach((type, count) -> {
			long more = count - before.own.getOrDefault(type, 0L);
			if (more > 0) {
				result.put(type, more);
			}
		});
		return result;
	}

}
