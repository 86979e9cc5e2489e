package io.switchboard.test;

import io.switchboard.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * One line in the log of some {@link Probes}.
 *
 * @param probe the probe's name
 * @param event what it reports
 * @param incarnation the probe's life, zero for {@link ProbeEvent#START}
 * @param detail the message or the exit reason, or {@code null} where there is none
 * @since 0.1.0
 */
public record ProbeEntry(String probe, ProbeEvent event, long incarnation, @Nullable Object detail) {

	/**
	 * The entry as tests like to compare it: {@code a start}, {@code a started},
	 * {@code a message hello}, {@code a stop shutdown}, {@code a gone crash}. A reason is
	 * shortened to its kind.
	 * @return the line
	 */
	public String line() {
		String line = this.probe + " " + this.event.word();
		if (this.detail instanceof ExitReason reason) {
			return line + " " + reason.kind();
		}
		return (this.detail != null) ? line + " " + this.detail : line;
	}

	@Override
	public String toString() {
		return line() + " (incarnation " + this.incarnation + ")";
	}

}
