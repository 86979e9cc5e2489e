package io.switchboard.report;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A stack trace that is read from its exception when somebody looks. That takes longer
 * than a restart, and in a storm of crashes hardly anybody looks at most of them. The
 * exception is let go of then.
 */
final class LateStackTrace extends AbstractList<StackTraceElement> {

	private volatile @Nullable Throwable exception;

	private volatile @Nullable List<StackTraceElement> read;

	LateStackTrace(Throwable exception) {
		this.exception = exception;
	}

	@Override
	public StackTraceElement get(int index) {
		return read().get(index);
	}

	@Override
	public int size() {
		return read().size();
	}

	void writeOut() {
		read();
	}

	private List<StackTraceElement> read() {
		List<StackTraceElement> known = this.read;
		Throwable source = this.exception;
		if (known == null && source != null) {
			known = read(source);
			this.read = known;
			// whoever finds no exception any more finds what was read
			this.exception = null;
		}
		return (known != null) ? known : Objects.requireNonNull(this.read, "there is an exception or what was read");
	}

	private static List<StackTraceElement> read(Throwable source) {
		try {
			return List.of(source.getStackTrace());
		}
		catch (RuntimeException ex) {
			// an exception of the application's own that cannot tell where it was thrown
			return List.of();
		}
	}

}
