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
		if (!isOfAProvider(cause)) {
			return VendorException.isAnswerWithoutMessage(cause) ? FailureClass.PROVIDER_ERROR : null;
		}
		int status = VendorException.status(cause);
		FailureClass broken = (status > 0) ? null : ofCauses(cause);
		if (broken != null) {
			return broken;
		}
		return VendorException.isTransport(cause) ? FailureClass.NETWORK
				: ProviderStatus.classify(status, VendorException.text(cause));
	}

	/**
	 * Files are read by advisors and tools, not by providers.
	 */
	private static boolean isOfAProvider(Throwable ex) {
		if (ex instanceof FileNotFoundException || ex instanceof FileSystemException) {
			return false;
		}
		return ex instanceof IOException || ex instanceof TimeoutException || VendorException.isKnown(ex);
	}

	/**
	 * An answer that a client cannot read may be one that was cut off on its way.
	 */
	private static @Nullable FailureClass ofCauses(Throwable ex) {
		FailureClass result = null;
		Throwable current = ex;
		for (int depth = 0; depth < DEEPEST && current != null; depth++) {
			if (isTimeout(current)) {
				return FailureClass.TIMEOUT;
			}
			if (VendorException.isUnreadable(current)) {
				result = (result != null) ? result : FailureClass.INVALID_OUTPUT;
			}
			else if (current instanceof IOException) {
				result = FailureClass.NETWORK;
			}
			current = current.getCause();
		}
		return result;
	}

	private static boolean isTimeout(Throwable ex) {
		return ex instanceof TimeoutException || ex instanceof InterruptedIOException
				|| ex instanceof HttpTimeoutException || VendorException.isTimeout(ex);
	}

}
