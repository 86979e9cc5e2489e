package io.switchboard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Cleans up at the end of an incarnation. At most one method of a class.
 * <p>
 * Runs when the agent was asked to stop, has stopped itself or has crashed, within its
 * shutdown time; not if it was killed or its start failed. The method may take the
 * {@code ExitReason} and the {@code AgentContext}, in any order, and returns
 * {@code void}, a {@code Mono} or a {@code CompletionStage}. An exception replaces the
 * exit reason.
 *
 * @since 0.1.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnStop {

}
