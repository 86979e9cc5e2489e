package io.switchboard.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * The two forms of an answer.
 */
enum AnswerFormat {

	/**
	 * One JSON object at the end.
	 */
	JSON(MediaType.APPLICATION_JSON),

	/**
	 * Server-sent events as they happen.
	 */
	EVENTS(MediaType.TEXT_EVENT_STREAM);

	private final MediaType mediaType;

	AnswerFormat(MediaType mediaType) {
		this.mediaType = mediaType;
	}

	/**
	 * Choose by what the client prefers; {@link #JSON} if it does not mind.
	 * @param request the request
	 * @return the form
	 * @throws ProblemException if the client wants neither
	 */
	static AnswerFormat of(ServerRequest request) {
		List<MediaType> accepted = accepted(request);
		if (accepted.isEmpty()) {
			return JSON;
		}
		for (MediaType wanted : accepted) {
			for (AnswerFormat format : values()) {
				if (wanted.getQualityValue() > 0 && wanted.includes(format.mediaType)) {
					return format;
				}
			}
		}
		throw new ProblemException(ProblemType.NOT_ACCEPTABLE,
				"The answer comes as application/json or text/event-stream. Accept one of them.");
	}

	/**
	 * Check that the client takes this form.
	 * @param request the request
	 * @throws ProblemException if it does not
	 */
	void require(ServerRequest request) {
		List<MediaType> accepted = accepted(request);
		if (!accepted.isEmpty() && accepted.stream()
			.noneMatch((wanted) -> wanted.getQualityValue() > 0 && wanted.includes(this.mediaType))) {
			throw new ProblemException(ProblemType.NOT_ACCEPTABLE,
					"The answer comes as %s only. Accept it.".formatted(this.mediaType));
		}
	}

	private static List<MediaType> accepted(ServerRequest request) {
		try {
			List<MediaType> accepted = new ArrayList<>(request.headers().accept());
			MimeTypeUtils.sortBySpecificity(accepted);
			accepted.sort((left, right) -> Double.compare(right.getQualityValue(), left.getQualityValue()));
			return accepted;
		}
		catch (InvalidMediaTypeException ex) {
			throw new ProblemException(ProblemType.NOT_ACCEPTABLE,
					"The Accept header cannot be read. Accept application/json or text/event-stream.");
		}
	}

}
