package io.switchboard.autoconfigure.page;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Reads the totals from the application's meters, so that the page and the dashboards
 * tell the same.
 *
 * @param registry the meters
 */
record MeterTotals(MeterRegistry registry) implements Totals {

	@Override
	public Map<String, Double> read() {
		Map<String, Double> totals = new HashMap<>();
		Collection<FunctionTimer> messages = this.registry.find("switchboard.mailbox.handling").functionTimers();
		if (!messages.isEmpty()) {
			totals.put("messages", messages.stream().mapToDouble(FunctionTimer::count).sum());
		}
		totals.put("turns",
				(double) this.registry.find("switchboard.turn").timers().stream().mapToLong(Timer::count).sum());
		return totals;
	}

}
