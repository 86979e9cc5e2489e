package io.switchboard.test.provider;

import java.util.List;

/**
 * Writes one completion in the words of a protocol. The pieces of a stream are complete
 * as they go over the wire, line ends included.
 */
interface Dialect {

	static Dialect of(Exchange exchange, Completion completion) {
		return switch (exchange.request().protocol()) {
			case OPENAI -> new OpenAiDialect(exchange.number(), exchange.receivedAt().getEpochSecond(),
					exchange.request(), completion);
			case ANTHROPIC -> new AnthropicDialect(exchange.number(), exchange.request(), completion);
			case OLLAMA -> new OllamaDialect(exchange.receivedAt(), exchange.request(), completion);
		};
	}

	/**
	 * The answer in one piece.
	 * @return the body
	 */
	String whole();

	/**
	 * The content type of a stream.
	 * @return the value of the header
	 */
	String streamType();

	/**
	 * What a stream sends before the first token.
	 * @return a piece, possibly empty
	 */
	String opening();

	/**
	 * What counts as tokens: text, then tool calls.
	 * @return the pieces in order
	 */
	List<String> tokens();

	/**
	 * What a stream sends after the last token.
	 * @return a piece
	 */
	String closing();

	/**
	 * JSON that breaks off.
	 * @return a piece
	 */
	String broken();

	/**
	 * An error in the middle of a stream.
	 * @param error what goes wrong
	 * @return a piece
	 */
	String failure(ProviderError error);

}
