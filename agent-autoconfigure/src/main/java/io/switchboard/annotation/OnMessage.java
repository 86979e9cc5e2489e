package io.switchboard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Handles the messages that its parameter can hold.
 * <p>
 * The method takes the message and, if it likes, the {@code AgentContext}, in any order.
 * If several methods can take a message, the one with the most specific type gets it.
 * <p>
 * What it returns is the answer: a value, a {@code Mono} or a {@code CompletionStage} for
 * one, a {@code Flux} for many, {@code void} for none. The next message waits until the
 * answer is complete. {@code null} where a value is declared ends the incarnation, as
 * every exception does but a {@code RequestFailedException}.
 * <p>
 * The method must not be private or static.
 *
 * @since 0.1.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnMessage {

}
