package io.switchboard.registry;

/**
 * What a context implements so that {@link AgentRegistry#of} works with it. For a context
 * of your own, in a test of a behaviour.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface RegistrySource {

	/**
	 * The registry to use.
	 * @return the registry
	 */
	AgentRegistry registry();

}
