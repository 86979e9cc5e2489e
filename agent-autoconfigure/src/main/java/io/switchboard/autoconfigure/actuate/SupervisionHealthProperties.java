package io.switchboard.autoconfigure.actuate;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the supervision tree's health.
 *
 * @param stuckAfter How long an agent may keep a worker before it counts as stuck and the
 * tree as down.
 * @since 0.1.0
 */
@ConfigurationProperties("management.health.supervision")
public record SupervisionHealthProperties(@DefaultValue("1m") Duration stuckAfter) {

}
