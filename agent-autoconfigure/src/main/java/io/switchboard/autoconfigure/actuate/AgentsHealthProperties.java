package io.switchboard.autoconfigure.actuate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the agents' health.
 *
 * @param maxAbandoned How many threads may be abandoned before the agents count as down.
 * @since 0.1.0
 */
@ConfigurationProperties("management.health.agents")
public record AgentsHealthProperties(@DefaultValue("8") int maxAbandoned) {

}
