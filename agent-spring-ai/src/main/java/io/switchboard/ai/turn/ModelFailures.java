package io.switchboard.ai.turn;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Tells the failures of providers from bugs. Pure: an exception in, a class of failure or
 * nothing out.
 * <p>
 * The exceptions of vendors are known by name, so that no vendor's library is needed.
 * What is not known here is a bug.
 */
final class ModelFailures {

	private static final int DEEPEST = 16;

	private ModelFailures() {
	}

	/**
	 * Decide what an error of a model call means.
	 * @param ex the error
	 * @return how to end the turn, or {@code null} if the agent has to crash
	 */
	static NextStep.@Nullable GiveUp giveUp(Throwable ex) {
		Throwable cause = Causes.unwrap(ex);
		FailureClass failure = classify(cause);
		if (failure == null) {
			return null;
		}
		int status = VendorException.status(cause);
		String source = cause.getClass().getSimpleName() + ((status > 0) ? ", HTTP " + status : "");
		return new NextStep.GiveUp(failure, "%s (%s)".formatted(sentence(failure), source));
	}

	/**
	 * Find the class of a failure.
	 * @param ex the error of a model call
	 * @return the class, or {@code null} if it is no failure of a provider
	 */
	static @Nullable FailureClass classify(Throwable ex) {
		Throwable cause = Causes.unwrap(ex);
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

	private static String sentence(FailureClass failure) {
		return switch (failure) {
			case RATE_LIMITED -> "The provider takes no more requests for now, or the quota is used up";
			case OVERLOADED -> "The provider is overloaded";
			case NETWORK -> "The provider could not be reached, or the connection broke";
			case TIMEOUT -> "The provider did not answer in the time its client allows";
			case CONTEXT_OVERFLOW -> "The conversation is longer than the model can read";
			case AUTHENTICATION -> "The provider does not accept the key, or the key may not use the model";
			case BAD_REQUEST -> "The provider cannot make sense of the request";
			case REFUSED -> "The provider's filter declined the request";
			case INVALID_OUTPUT -> "The provider's answer could not be read";
			case BUDGET_SPENT -> "The budget is spent";
			case PROVIDER_ERROR -> "The provider failed";
		};
	}

}
