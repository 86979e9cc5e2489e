package io.switchboard.autoconfigure.actuate;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the health that takes the application out of service when agents are
 * restarted too often.
 *
 * @param maxRestarts How many restarts of all agents together are allowed within the
 * period. Without it there is no such health.
 * @param within Period in which restarts are counted.
 * @since 0.1.0
 */
@ConfigurationProperties("management.health.restart-rate")
public record RestartRateHealthProperties(@Nullable Integer maxRestarts, @DefaultValue("1m") Duration within) {

}
