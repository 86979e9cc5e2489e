package io.switchboard.autoconfigure.actuate;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the {@code agents} endpoint.
 *
 * @param showValues When to show what the sanitizer lets be seen of messages, states,
 * exceptions and details of exits; otherwise their classes alone.
 * @param roles Roles used to determine whether a user is authorized to be shown values.
 * When empty, all authenticated users are authorized.
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.agents")
public record AgentsEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles) {

}
