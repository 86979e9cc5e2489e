package io.switchboard.ai.failure;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Knows the exceptions of the usual clients. Pure: an exception in, a failure or nothing
 * out.
 * <p>
 * The exceptions of vendors are known by name, so that no vendor's library is needed.
 * What is not known here is a bug.
 */
final class KnownFailures implements FailureClassifier {

	static final KnownFailures INSTANCE = new KnownFailures();

	private static final int DEEPEST = 16;

	private KnownFailures() {
	}

	@Override
	public @Nullable TurnFailure classify(Throwable ex) {
		Throwable cause = Causes.unwrap(ex);
		if (cause instanceof TurnFailureException known) {
			return known.failure();
		}
		FailureClass failure = failureClass(cause);
		return (failure != null) ? describe(failure, cause) : null;
	}

	private static TurnFailure describe(FailureClass failure, Throwable cause) {
		int status = VendorException.status(cause);
		String source = cause.getClass().getSimpleName() + ((status > 0) ? ", HTTP " + status : "");
		return TurnFailure.of(failure, "%s (%s)".formatted(failure.sentence(), source))
			.withRetryAfter(RetryAfter.of(cause));
	}

	private static @Nullable FailureClass failureClass(Throwable cause) {
		if (cause instanceof IOException || cause instanceof TimeoutException) {
			return ofTransport(cause);
		}
		if (VendorException.isTransport(cause)) {
			return isTimeout(cause) ? FailureClass.TIMEOUT : FailureClass.NETWORK;
		}
		if (VendorException.isUnreadable(cause)) {
			return FailureClass.INVALID_OUTPUT;
		}
		if (VendorException.isProvider(cause)) {
			return ProviderStatus.classify(VendorException.status(cause), VendorException.text(cause));
		}
		return null;
	}

	/**
	 * Files are read by advisors and tools, not by providers.
	 */
	private static @Nullable FailureClass ofTransport(Throwable ex) {
		if (ex instanceof FileNotFoundException || ex instanceof FileSystemException) {
			return null;
		}
		if (VendorException.isUnreadable(ex)) {
			return FailureClass.INVALID_OUTPUT;
		}
		return isTimeout(ex) ? FailureClass.TIMEOUT : FailureClass.NETWORK;
	}

	private static boolean isTimeout(Throwable ex) {
		Throwable current = ex;
		for (int depth = 0; depth < DEEPEST && current != null; depth++) {
			if (current instanceof TimeoutException || current instanceof InterruptedIOException
					|| current instanceof HttpTimeoutException || VendorException.isTimeout(current)) {
				return true;
			}
			current = current.getCause();
		}
		return false;
	}

}
