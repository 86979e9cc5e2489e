package io.switchboard.ai;

import io.switchboard.architecture.BelowAutoConfiguration;
import io.switchboard.architecture.ReactiveModule;

/**
 * The structure of the Spring AI module.
 */
class ArchitectureTests implements BelowAutoConfiguration, ReactiveModule {

}
