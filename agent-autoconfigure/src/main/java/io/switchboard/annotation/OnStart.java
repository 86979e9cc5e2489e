package io.switchboard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Prepares an incarnation before its first message. At most one method of a class.
 * <p>
 * The supervisor waits for it before it starts the next child, so keep it short. The
 * method may take the {@code AgentContext}, and returns {@code void}, a {@code Mono} or a
 * {@code CompletionStage}. An exception is a failed start;
 * {@code AgentContext.ignoreStart()} as the answer declines the start without failing.
 *
 * @since 0.1.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnStart {

}
