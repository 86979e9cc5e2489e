package io.switchboard.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.switchboard.supervision.Restart;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Scope;
import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Makes a class an agent: its fields are the state, its {@link OnMessage} methods handle
 * the messages, one at a time.
 *
 * <pre class="code">
 * &#64;Agent(name = "pricing", supervisor = "desk")
 * class PricingAgent {
 *
 *     private final PriceList prices;
 *
 *     PricingAgent(PriceList prices) {
 *         this.prices = prices;
 *     }
 *
 *     &#64;OnMessage
 *     Quote quote(QuoteRequest request) {
 *         return this.prices.quote(request);
 *     }
 *
 * }
 * </pre>
 * <p>
 * The class is a prototype bean. Each incarnation gets a new instance, with constructor
 * injection as usual, and gives it back at its end, so that {@code @PreDestroy} runs; not
 * if the agent was killed. A singleton is refused at start-up, because its state would
 * survive the crash it is blamed for.
 * <p>
 * If one of its methods returns neither a publisher nor a {@code CompletionStage}, all of
 * them run where they may block their thread. Else they run on the agents' own workers
 * and must not block; the constructor and {@code @PreDestroy} go along.
 * <p>
 * {@code switchboard.agents.<name>} in the configuration overrides the supervisor,
 * {@code per-session}, {@code restart}, {@code shutdown} and {@code handler-timeout}
 * given here, and sets the mailbox.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
public @interface Agent {

	/**
	 * The agent's name, as in {@link #name()}.
	 * @return the name
	 */
	@AliasFor("name")
	String value() default "";

	/**
	 * The agent's name: the last segment of its path, unique over the application.
	 * Default: the name of the class in kebab case, without {@code Agent} at its end.
	 * @return the name
	 */
	@AliasFor("value")
	String name() default "";

	/**
	 * The supervisor above, as named in {@code switchboard.supervisors}.
	 * @return the supervisor's name; the root by default
	 */
	String supervisor() default "/";

	/**
	 * Whether to run one agent for each session, started on first use.
	 * @return {@code true} if so
	 */
	boolean perSession() default false;

	/**
	 * Which ends are answered with a restart. Default: {@link Restart#PERMANENT}, or
	 * {@link Restart#TRANSIENT} for an agent per session.
	 * @return the restart type, at most one
	 */
	Restart[] restart() default {};

	/**
	 * How long the agent may take to stop before it is killed.
	 * @return a duration such as {@code 10s} or {@code PT10S}
	 */
	String shutdown() default "10s";

	/**
	 * How long the agent may have a message in hand before it crashes with a
	 * {@link io.switchboard.HandlerTimeoutException}. Default: what
	 * {@code switchboard.handler-timeout} says.
	 * @return a duration such as {@code 30s}, zero for no limit
	 */
	String handlerTimeout() default "";

}
