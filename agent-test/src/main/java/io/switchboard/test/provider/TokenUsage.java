package io.switchboard.test.provider;

/**
 * The token usage that an answer reports.
 *
 * @param promptTokens the tokens of the request
 * @param completionTokens the tokens of the answer
 * @since 0.1.0
 */
public record TokenUsage(int promptTokens, int completionTokens) {

}
