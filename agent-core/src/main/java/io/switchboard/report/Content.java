package io.switchboard.report;

import org.jspecify.annotations.Nullable;

/**
 * An object as it may be shown.
 *
 * @param type the name of its class
 * @param text what the {@link Sanitizer} lets be seen of it, or {@code null} if that is
 * its class alone
 * @since 0.1.0
 */
public record Content(String type, @Nullable String text) {

	@Override
	public String toString() {
		return (this.text != null) ? this.type + ": " + this.text : this.type;
	}

}
