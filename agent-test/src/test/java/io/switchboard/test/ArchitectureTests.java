package io.switchboard.test;

import io.switchboard.architecture.BelowAutoConfiguration;
import io.switchboard.architecture.EveryModule;

/**
 * The structure of the test kit.
 */
class ArchitectureTests implements BelowAutoConfiguration, EveryModule {

}
