package io.switchboard.ai.tool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how agents may call a tool, beside Spring AI's {@code @Tool}:
 *
 * <pre class="code">
 * &#64;Tool(description = "The state of an order")
 * &#64;ToolPolicy(timeout = "5s", idempotent = true, failures = ShopClosedException.class)
 * Mono&lt;OrderState&gt; orderState(long order) {
 * </pre>
 *
 * It is read where {@link ToolMethods} makes the tool, which auto-configuration does;
 * Spring AI's own {@code ToolCallbacks} does not know it.
 *
 * @since 0.1.0
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ToolPolicy {

	/**
	 * How long a call may take, such as {@code 500ms}, {@code 5s}, {@code 2m} or
	 * {@code PT5S}. Default: as set for all tools.
	 * @return the time, empty for the default
	 */
	String timeout() default "";

	/**
	 * Whether a second call with the same arguments does no harm. When an agent is cut
	 * off and nobody knows how far a call came, a tool that says so is called again; of
	 * others the model is told that the end is unknown. Default: not.
	 * @return whether it may be called again
	 */
	boolean idempotent() default false;

	/**
	 * Whether a person has to approve each call before it is made. The agent needs to be
	 * told where to ask, which auto-configuration does. Default: not.
	 * @return whether people are asked
	 */
	boolean needsApproval() default false;

	/**
	 * Which exceptions are no bugs: the model is told their messages and the agent lives
	 * on. They add to those that are set for all tools. {@link ToolFailedException} need
	 * not be named.
	 * @return the types, subtypes included
	 */
	Class<? extends Throwable>[] failures() default {};

}
