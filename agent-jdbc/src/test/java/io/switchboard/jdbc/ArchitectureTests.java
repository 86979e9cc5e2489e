package io.switchboard.jdbc;

import io.switchboard.architecture.BelowAutoConfiguration;
import io.switchboard.architecture.ReactiveModule;

/**
 * The structure of the JDBC module.
 */
class ArchitectureTests implements ReactiveModule, BelowAutoConfiguration {

}
